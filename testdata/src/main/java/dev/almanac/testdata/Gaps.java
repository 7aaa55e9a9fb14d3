package dev.almanac.testdata;

/**
 * When an instrument is out of order: a process that alternates between working and missing.
 *
 * <p>Most gaps last a day, some a few days, some a month, a few most of a year, as in the real
 * files, where the median gap of TMAX is 1 day and the longest is years. Not thread-safe.
 */
final class Gaps {

  /** Mean of {@link #length}, in rows. */
  private static final double MEAN_LENGTH = 0.62 * 1 + 0.25 * 3.5 + 0.115 * 30.5 + 0.015 * 200;

  private final Draws draws;
  private final double meanWorking;
  private int working;
  private int missing;

  /**
   * @param share the share of rows that are missing in the long run, below 1
   */
  Gaps(double share, Draws draws) {
    this.draws = draws;
    meanWorking = share > 0 ? MEAN_LENGTH * (1 - share) / share : 1e9;
    working = workingRows();
  }

  /**
   * Moves to the next row and tells whether the value is missing there; never for the first row.
   */
  boolean missingNext() {
    if (missing > 0) {
      missing--;
      return true;
    }
    if (working > 0) {
      working--;
      return false;
    }
    working = workingRows();
    missing = length() - 1;
    return true;
  }

  private int workingRows() {
    return 1 + (int) (draws.exponential() * meanWorking);
  }

  private int length() {
    double kind = draws.uniform();
    if (kind < 0.62) {
      return 1;
    }
    if (kind < 0.87) {
      return 2 + draws.below(4);
    }
    if (kind < 0.985) {
      return 28 + draws.below(6);
    }
    return 60 + draws.below(281);
  }
}
