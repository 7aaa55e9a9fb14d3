package dev.almanac.training.search.sample;

/**
 * How wide each kernel on a line is: the larger of the gaps to its neighbours, of the outermost
 * their inner gap, but not below a share of the line that shrinks as kernels get more.
 */
final class Bandwidths {
  private Bandwidths() {}

  /**
   * @param centres of the kernels; the last one is the prior's, which is as wide as the line
   * @param closeness how much narrower than usual, which is 1, they may be
   * @param seen how many of them come of trials: all but the last
   */
  static double[] of(double[] centres, int seen, double from, double until, double closeness) {
    double[] widths = new double[seen + 1];
    double range = until - from;
    widths[seen] = range;
    int[] order = Order.ascending(centres, seen);
    double least = range / Math.min(100, 2.0 + closeness * seen);
    for (int i = 0; i < seen; i++) {
      double centre = centres[order[i]];
      double left = centre - (i == 0 ? from : centres[order[i - 1]]);
      double right = (i == seen - 1 ? until : centres[order[i + 1]]) - centre;
      double width = Math.max(left, right);
      if (seen >= 2 && i == 0) {
        width = right;
      } else if (seen >= 2 && i == seen - 1) {
        width = left;
      }
      widths[order[i]] = Math.max(least, Math.min(range, width));
    }
    return widths;
  }
}
