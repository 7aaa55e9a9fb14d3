package dev.almanac.training.search.space;

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

  static void require(int steps) {
    if (steps == 0) {
      throw new SearchException(
          "Cannot walk a range: a grid needs `steps`, how many of its values to try (not given)");
    }
  }
}
