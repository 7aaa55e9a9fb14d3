package dev.almanac.transforms.encode;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A step of a numeric feature: first at most one that fills missing cells, then at most one that
 * scales, then at most one that clips. Every statistic is over the values present in train; filled
 * cells do not count.
 */
public sealed interface NumericStep extends Step permits Impute, Scale, ClipDeviations, None {
  /** Whether the step reads quantiles. */
  default boolean needsQuantiles() {
    return false;
  }

  /** The quantiles, beside the median, that the artifact shows: shares from 0 to 1, rising. */
  default List<Double> shares() {
    return List.of();
  }

  /**
   * The step that a config or an artifact spells so.
   *
   * @throws IllegalArgumentException naming every problem, one a line
   */
  @JsonCreator
  static NumericStep of(JsonNode node) {
    return Steps.only(problems -> Steps.readNumeric(Steps.list(node), problems));
  }
}
