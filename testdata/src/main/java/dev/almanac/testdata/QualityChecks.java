package dev.almanac.testdata;

/**
 * What a value looks like that failed a quality check.
 *
 * <p>Most are off by a few degrees or millimeters, like the real ones; about one in sixteen is
 * wild, up to 55,370: read as tenths of a degree, thousands of degrees, as in the real network.
 */
final class QualityChecks {

  static final int WILDEST = 55_370;

  private static final int WILD_FROM = 600;
  private static final int WILDEST_BELOW_ZERO = 9_999;

  /** Internal, spatial and temporal consistency, climatological outlier, gap, duplicate. */
  private static final char[] MILD = {'I', 'I', 'I', 'I', 'S', 'Z', 'O', 'G', 'D'};

  /** Failed a bounds check. */
  private static final char WILD = 'X';

  private QualityChecks() {}

  /** Spoils a value of any element that may be negative. */
  static void spoil(Cell cell, boolean mayBeNegative, Draws draws) {
    if (draws.below(16) == 0) {
      double size = draws.uniform();
      // Cubed: hundreds of degrees are common among the wild, thousands rare.
      int wild = WILD_FROM + (int) ((WILDEST - WILD_FROM + 1) * size * size * size);
      boolean below = mayBeNegative && draws.below(4) == 0;
      cell.value = below ? -Math.min(wild, WILDEST_BELOW_ZERO) : wild;
      cell.quality = WILD;
    } else {
      int shift = 20 + draws.below(130);
      cell.value += draws.below(2) == 0 ? shift : -shift;
      if (!mayBeNegative) {
        cell.value = Math.abs(cell.value);
      }
      cell.quality = MILD[draws.below(MILD.length)];
    }
    cell.measurement = Cell.BLANK;
  }
}
