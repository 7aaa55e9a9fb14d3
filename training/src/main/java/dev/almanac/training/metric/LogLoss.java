package dev.almanac.training.metric;

import java.util.OptionalDouble;

/** The mean of {@code -ln p} over the probabilities given to what happened. */
final class LogLoss {
  /** A probability of 0 would make one row's loss infinite. */
  private static final double LEAST = 1e-15;

  private long rows;
  private double sum;

  void add(double probability) {
    sum -= Math.log(Math.max(LEAST, probability));
    rows++;
  }

  /** Nothing without a row. */
  OptionalDouble value() {
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / rows);
  }
}
