package dev.almanac.training.search.space;

/**
 * A line of numbers, or an unordered set of categories, on which a sampler that learns sees the
 * values of a domain as coordinates.
 *
 * @param low of the coordinates, inclusive; 0 for categories
 * @param high of the coordinates, inclusive; the last category's number for categories
 * @param step between two coordinates; 0 when every number between the ends is one
 * @param log whether equal ratios, rather than equal differences, are equally far apart
 * @param categories how many; 0 for a line of numbers
 */
public record Axis(double low, double high, double step, boolean log, int categories) {
  static Axis categories(int count) {
    return new Axis(0, count - 1.0, 1, false, count);
  }

  static Axis line(double low, double high, double step) {
    return new Axis(low, high, step, false, 0);
  }

  static Axis log(double low, double high, double step) {
    return new Axis(low, high, step, true, 0);
  }

  public boolean isCategorical() {
    return categories > 0;
  }

  /** Whether it has one coordinate alone. */
  public boolean isPoint() {
    return low == high;
  }

  /** Where the line begins, half a step before its first coordinate; a logarithm on log axes. */
  public double from() {
    return scaled(low - step / 2);
  }

  /** Where the line ends, half a step behind its last coordinate; a logarithm on log axes. */
  public double until() {
    return scaled(high + step / 2);
  }

  /** A coordinate as a place of the line: its logarithm on log axes. */
  public double scaled(double coordinate) {
    return log ? StrictMath.log(coordinate) : coordinate;
  }

  /** The coordinate nearest to a place of the line. */
  public double coordinate(double place) {
    double value = log ? StrictMath.exp(place) : place;
    if (step > 0) {
      value = low + Math.rint((value - low) / step) * step;
    }
    return Math.max(low, Math.min(high, value));
  }
}
