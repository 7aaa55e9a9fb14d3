package dev.almanac.transforms.encode;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.ColumnStatistics;
import java.util.List;

/**
 * A step of a numeric feature: first at most one that fills missing cells, then at most one that
 * scales, then at most one that clips. Every statistic is over the values present in train; filled
 * cells do not count.
 */
public sealed interface NumericStep extends Step permits Impute, Scale, Clip, None {
  /** What a step does, in the order in which steps stand. */
  enum Part {
    FILL,
    SCALE,
    CLIP
  }

  /** Which part of the formula it is; null when it changes nothing. */
  Part part();

  /** The formula with what this step learned of train. */
  NumericFormula learn(NumericFormula formula, ColumnStatistics train);

  @Override
  default List<Class<? extends Analyzer<?>>> analyzers() {
    return List.of();
  }

  /** The quantiles, beside the median, that the artifact shows: shares from 0 to 1, rising. */
  default List<Double> shares() {
    return List.of();
  }

  /** Whether a further feature says where cells were missing. */
  default boolean indicator() {
    return false;
  }

  /** The kind of step that must stand right before it; null when any may. */
  default Class<? extends NumericStep> after() {
    return null;
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
