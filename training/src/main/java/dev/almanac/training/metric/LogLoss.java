package dev.almanac.training.metric;

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

  double value() {
    return sum / rows;
  }
}
