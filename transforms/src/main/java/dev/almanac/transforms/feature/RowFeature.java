package dev.almanac.transforms.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.text.NumberForm;
import java.io.Serializable;
import java.util.List;

/**
 * One row-wise step: a function of single cells of a row, and where its result goes.
 *
 * <p>A step cannot aggregate. It hands {@link CellFunction functions of one row} to the {@link
 * Binder} and never meets a column of cells. A result goes into a new column, or, with no {@code
 * into}, in place of the step's own. Values: equal steps do the same.
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

  /**
   * How a config or an artifact spells the step.
   *
   * @throws IllegalArgumentException for a function written in Java
   */
  @JsonValue
  default JsonNode json() {
    return Features.write(this);
  }

  /** The same step for text whose numbers are written so, unless it says itself how they are. */
  default RowFeature reading(NumberForm numbers) {
    return this;
  }

  /** Checks the step against the columns there are, and says what it writes. */
  void bind(Binder binder);
}
