package dev.almanac.pipelines.report.measure;

/**
 * A reliability diagram: in bins of predicted probability, how often the predicted thing was so
 * (Guo, Pleiss, Sun and Weinberger 2017). Bins are of equal width and closed below, the last one at
 * both ends.
 */
public final class Calibration {
  public static final int BINS = 10;

  /** The 97.5th percentile of the standard normal distribution. */
  private static final double Z = 1.959963984540054;

  private final long[] rows = new long[BINS];
  private final double[] predicted = new double[BINS];
  private final long[] happened = new long[BINS];

  void add(double probability, boolean outcome) {
    int bin = (int) Math.min(BINS - 1, Math.max(0, Math.floor(probability * BINS)));
    rows[bin]++;
    predicted[bin] += probability;
    happened[bin] += outcome ? 1 : 0;
  }

  public long rows(int bin) {
    return rows[bin];
  }

  /** The mean probability of a bin's rows. */
  public double predicted(int bin) {
    return predicted[bin] / rows[bin];
  }

  /** The share of a bin's rows for which it was so. */
  public double observed(int bin) {
    return (double) happened[bin] / rows[bin];
  }

  /** Where a bin's true share lies with a confidence of 95 %: from, to (Wilson 1927). */
  public double[] interval(int bin) {
    double n = rows[bin];
    double share = observed(bin);
    double middle = share + Z * Z / (2 * n);
    double reach = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    double whole = 1 + Z * Z / n;
    return new double[] {
      Math.max(0, (middle - reach) / whole), Math.min(1, (middle + reach) / whole)
    };
  }

  /** The greatest distance of predicted and observed in any bin with rows. */
  public double greatest() {
    double greatest = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (rows[bin] > 0) {
        greatest = Math.max(greatest, Math.abs(predicted(bin) - observed(bin)));
      }
    }
    return greatest;
  }

  /**
   * Expected calibration error: the distance of predicted and observed, weighted by rows (Naeini,
   * Cooper and Hauskrecht 2015).
   */
  public double error() {
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
