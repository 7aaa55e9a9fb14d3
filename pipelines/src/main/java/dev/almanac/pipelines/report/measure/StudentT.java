package dev.almanac.pipelines.report.measure;

/**
 * Student's t distribution with whole degrees of freedom, by its finite series (Abramowitz and
 * Stegun 1964, 26.7.3 and 26.7.4).
 */
final class StudentT {
  private StudentT() {}

  /** The share of the distribution within {@code t} of 0. */
  static double within(double t, int degrees) {
    double angle = Math.atan(t / Math.sqrt(degrees));
    double square = Math.cos(angle) * Math.cos(angle);
    boolean odd = degrees % 2 == 1;
    double term = odd ? Math.cos(angle) : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int i = odd ? 3 : 2; i < degrees; i += 2) {
      term *= square * (i - 1) / i;
      sum += term;
    }
    double share = Math.sin(angle) * sum;
    return odd ? 2 / Math.PI * (angle + share) : share;
  }

  /** The {@code t} that this share of the distribution is within of 0, by halving. */
  static double quantile(double share, int degrees) {
    double low = 0;
    double high = 1;
    while (within(high, degrees) < share) {
      high *= 2;
    }
    while (true) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (within(middle, degrees) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }
}
