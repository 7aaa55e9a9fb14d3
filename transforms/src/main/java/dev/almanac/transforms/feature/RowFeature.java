package dev.almanac.transforms.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.json.KeyedRecord;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.schema.text.NumberForm;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * One row-wise step: a function of single cells of a row, and where its result goes.
 *
 * <p>A step cannot aggregate. It hands {@link CellFunction functions of one row} to the {@link
 * Binder} and never meets a column of cells. A result goes into a new column, or, with no {@code
 * into}, in place of the step's own. Values: equal steps do the same.
 *
 * <p>A new one is a record with its functions, its name in {@link Features}, and its place among
 * the permitted ones here.
 */
public sealed interface RowFeature extends Serializable
    permits NullIfFlagged,
        DateParts,
        Cast,
        Log1p,
        Clip,
        Difference,
        Ratio,
        EqualsIndicator,
        IsNull,
        IsPresent,
        HashBucket,
        ForColumns,
        RowFunction {

  /**
   * The step that a config or an artifact spells so.
   *
   * @throws IllegalArgumentException naming every problem, one a line
   */
  @JsonCreator
  static RowFeature of(JsonNode node) {
    Problems problems = new Problems();
    List<RowFeature> read =
        Features.read(JsonNodeFactory.instance.arrayNode().add(node), problems.at("features"));
    problems.refuse();
    return read.get(0);
  }

  /** The step's name in configs; empty for a function written in Java. */
  default Optional<String> name() {
    return Features.name(getClass());
  }

  /**
   * How a config or an artifact spells the step.
   *
   * @throws IllegalArgumentException for a function written in Java
   */
  @JsonValue
  default ObjectNode json() {
    String name =
        name()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "Cannot write %s to an artifact: it is a function written in Java, which a"
                                .formatted(this)
                            + " file cannot hold; use a step that has a name"));
    return KeyedRecord.write(name, (Record) this);
  }

  /** The same step for text whose numbers are written so, unless it says itself how they are. */
  default RowFeature reading(NumberForm numbers) {
    return this;
  }

  /** What the step asks of the source's columns, known before their types are. */
  void demand(StepDemands demands);

  /** The steps, each of its own columns, that this comes to in a table; mostly itself alone. */
  default List<RowFeature> steps(Binder binder) {
    return List.of(this);
  }

  /** Checks the step against the columns there are, and says what it writes. */
  void bind(Binder binder);

  /**
   * Whether the step may leave a result missing of cells that are there: text that is no number, a
   * logarithm of -2. Such rows are counted, and the first are shown.
   */
  default boolean losesCells() {
    return true;
  }
}
