package dev.almanac.training.search.space;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** How finely a grid walks a range. */
final class Steps {
  private static final int MOST = 10_000;

  private Steps() {}

  static void check(int steps) {
    if (steps < 0 || steps > MOST) {
      throw new SearchException(
          "Cannot walk a range: `steps` is from 1 to %s (%s)".formatted(MOST, steps));
    }
  }

  /**
   * How far from the low end to the high one, from 0 to 1, each value of the grid is.
   *
   * @param steps how many were asked for; 0 for all there are
   * @param all how many there are; 0 when endless
   */
  static DoubleStream of(int steps, long all) {
    if (steps == 0 && all == 0) {
      throw new SearchException(
          "Cannot walk a range: a grid needs `steps`, how many of its values to try (not given)");
    }
    if (steps == 0 && all > MOST) {
      throw new SearchException(
          "Cannot walk a range: it has more than %s values (%s); give `steps`, how many of them a grid tries"
              .formatted(MOST, all));
    }
    long count = steps == 0 ? all : all == 0 ? steps : Math.min(steps, all);
    return LongStream.range(0, count).mapToDouble(step -> (double) step / Math.max(1, count - 1));
  }
}
