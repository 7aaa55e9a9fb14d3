package dev.almanac.transforms.encode;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;

/** A step of a nominal feature. */
public sealed interface NominalStep extends Step permits Index, QuantileBins {
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
