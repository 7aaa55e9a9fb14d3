package dev.almanac.transforms.encode;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;

/** The step of a nominal feature: the whole of what is done to it. */
public sealed interface NominalStep extends Step permits Index, QuantileBins, OneHot, HashedOneHot {
  /** Whether the column must hold numbers. */
  default boolean needsNumbers() {
    return false;
  }

  /**
   * Learns the encoder.
   *
   * @param train holds a value
   * @throws FitException when train does not let it
   */
  CategoryEncoder fit(String column, ColumnStatistics train);

  /**
   * The encoder of this step that was {@link CategoryEncoder#written}.
   *
   * @param vocabulary what was written beside it; null when there was none
   * @throws IllegalArgumentException when it is not one
   */
  CategoryEncoder read(ObjectNode written, Vocabulary vocabulary);

  /**
   * The step that a config or an artifact spells so.
   *
   * @throws IllegalArgumentException naming every problem, one a line
   */
  @JsonCreator
  static NominalStep of(JsonNode node) {
    return Steps.only(problems -> Steps.readNominal(Steps.list(node), problems));
  }
}
