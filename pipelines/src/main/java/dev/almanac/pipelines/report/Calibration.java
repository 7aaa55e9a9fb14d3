package dev.almanac.pipelines.report;

/** In bins of predicted probability, how often the predicted thing was so. */
final class Calibration {
  static final int BINS = 10;

  private final long[] rows = new long[BINS];
  private final double[] predicted = new double[BINS];
  private final long[] happened = new long[BINS];

  void add(double probability, boolean outcome) {
    int bin = (int) Math.min(BINS - 1, Math.max(0, Math.floor(probability * BINS)));
    rows[bin]++;
    predicted[bin] += probability;
    happened[bin] += outcome ? 1 : 0;
  }

  long rows(int bin) {
    return rows[bin];
  }

  /** The mean probability of a bin's rows. */
  double predicted(int bin) {
    return predicted[bin] / rows[bin];
  }

  /** The share of a bin's rows for which it was so. */
  double observed(int bin) {
    return (double) happened[bin] / rows[bin];
  }

  /**
   * Expected calibration error: the distance of predicted and observed, weighted by rows (Naeini,
   * Cooper and Hauskrecht 2015).
   */
  double error() {
    double sum = 0;
    long all = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (rows[bin] > 0) {
        sum += rows[bin] * Math.abs(predicted(bin) - observed(bin));
        all += rows[bin];
      }
    }
    return sum / all;
  }
}
