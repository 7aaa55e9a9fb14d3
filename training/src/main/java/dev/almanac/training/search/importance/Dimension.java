package dev.almanac.training.search.importance;

/**
 * One line or set of categories of a parameter, with where each trial lies on it.
 *
 * @param number among the dimensions
 * @param parameter its number in the space
 * @param categories how many; 0 for a line
 * @param levels how many places a line has; 0 when endless
 * @param places of each trial: from 0 to 1 on a line, the number of a category; NaN in a trial for
 *     which the dimension does not exist
 */
record Dimension(int number, int parameter, int categories, int levels, double[] places) {
  private static final int MOST_WAVES = 6;
  private static final int PAIRED_WAVES = 2;

  /** A set of more categories than these takes part in no pair. */
  private static final int PAIRED_CATEGORIES = 4;

  /** How many functions describe an effect of this dimension alone. */
  int functions() {
    if (categories > 0) {
      return categories - 1;
    }
    return levels == 0 ? MOST_WAVES : Math.min(MOST_WAVES, levels - 1);
  }

  /** How many of them describe its part of an effect of two; 0 when it takes part in none. */
  int pairedFunctions() {
    if (categories > 0) {
      return categories <= PAIRED_CATEGORIES ? categories - 1 : 0;
    }
    return Math.min(PAIRED_WAVES, functions());
  }

  /**
   * The value of a function in a trial, 0 where the dimension does not exist. Over places that are
   * drawn evenly each function has mean 0 and mean square 1, and no two are correlated: cosines on
   * a line, Helmert's contrasts of categories.
   */
  double function(int number, int trial) {
    double place = places[trial];
    if (Double.isNaN(place)) {
      return 0;
    }
    if (categories == 0) {
      return Math.sqrt(2) * Math.cos(Math.PI * (number + 1) * place);
    }
    double scale = Math.sqrt(categories / ((number + 1.0) * (number + 2.0)));
    return place <= number ? scale : place == number + 1 ? -(number + 1) * scale : 0;
  }

  /** How large a function's weight may be beside the first's: smooth effects are likelier. */
  double prior(int number) {
    return categories > 0 ? 1 : 1 / ((number + 1.0) * (number + 1.0));
  }
}
