package dev.almanac.pipelines.report.measure;

/**
 * Equal bins with round edges; a value on an edge is in the bin above it.
 *
 * @param low the lower edge of the first bin, a multiple of the width
 * @param width 1, 2 or 5 times a power of ten
 */
public record Bins(double low, double width, int count) {
  private static final double FINEST = 1e-9;

  /** Bins that cover everything from {@code least} to {@code greatest}, at most about this many. */
  static Bins over(double least, double greatest, int most) {
    // Narrower bins than this would be finer than the numbers themselves.
    double finest = FINEST * Math.max(Math.abs(least), Math.abs(greatest));
    double span = Math.max(greatest - least, finest);
    double width = roundUp(span > 0 ? span / most : 1);
    double first = Math.floor(least / width);
    int count = (int) Math.max(1, Math.floor(greatest / width) - first + 1);
    return new Bins(first * width, width, count);
  }

  private static double roundUp(double width) {
    double power = Math.pow(10, Math.floor(Math.log10(width)));
    for (double step : new double[] {1, 2, 5}) {
      if (step * power >= width * (1 - 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** The bin of a value: -1 below the first one, {@link #count} above the last one. */
  int of(double value) {
    double position = Math.floor((value - low) / width);
    return (int) Math.max(-1, Math.min(count, position));
  }

  public double high() {
    return low + count * width;
  }

  /** The lower edge of a bin. */
  public double edge(int bin) {
    return low + bin * width;
  }
}
