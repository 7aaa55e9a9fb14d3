package dev.almanac.training.metric;

import java.util.Map;

/**
 * How good predictions are, over rows that arrive in any number of pieces.
 *
 * <p>Sums are double, in the order of the rows. Not thread-safe.
 */
public interface Metrics {
  /**
   * Adds rows.
   *
   * @param predictions row by row: a number in the label's unit, the probability of the second of
   *     two classes, or a probability a class
   * @param labels a number in the same unit, or the index of a class, below 0 for a class that the
   *     model does not know
   */
  void add(double[] predictions, float[] labels, int rows);

  /** Each metric by its name; one that is not defined for these rows is left out. */
  Map<String, Double> values();
}
