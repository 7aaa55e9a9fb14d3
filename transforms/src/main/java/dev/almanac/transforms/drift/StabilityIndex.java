package dev.almanac.transforms.drift;

/**
 * The population stability index, PSI: the sum over bins of {@code (q - p) * ln(q / p)}, where p is
 * the share of the reference's values in a bin and q that of the others.
 *
 * <p>Siddiqi, "Credit Risk Scorecards" (2006), who calls less than 0.1 no change and more than 0.25
 * a shift; symmetric, as the sum of both Kullback-Leibler divergences (Jeffreys, 1946). An empty
 * bin would make it infinite: shares below {@value #LEAST_SHARE} are taken for that. Between two
 * samples of n and m rows of one distribution it is about {@code (bins - 1) * (1/n + 1/m)}
 * (Yurdakul, "Statistical Properties of Population Stability Index", 2018).
 */
final class StabilityIndex {
  static final double LEAST_SHARE = 1e-4;

  private StabilityIndex() {}

  /** The index of counts by bin; NaN when one side has no value at all. */
  static double of(long[] reference, long[] others) {
    double all = sum(reference);
    double allOthers = sum(others);
    if (all == 0 || allOthers == 0) {
      return Double.NaN;
    }
    double index = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      double p = Math.max(reference[bin] / all, LEAST_SHARE);
      double q = Math.max(others[bin] / allOthers, LEAST_SHARE);
      index += (q - p) * StrictMath.log(q / p);
    }
    return index;
  }

  private static double sum(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
