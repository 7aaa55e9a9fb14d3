package dev.almanac.testdata;

/**
 * What a station's instruments and habits make of the weather: whole numbers in GHCN-Daily's units.
 *
 * <p>American stations read degrees Fahrenheit and inches, and the archive converts them; so their
 * values lie on a coarse grid, as the real ones do.
 *
 * @param american whether the station reads Fahrenheit and inches
 * @param elevation of the station in meters
 * @param observationTime where between the day's minimum and maximum the thermometer stands when it
 *     is read, from 0 to 1
 */
record Instruments(boolean american, double elevation, double observationTime) {

  /** Tenths of a degree Celsius. */
  int temperature(double celsius) {
    if (american) {
      return rounded((rounded(celsius * 1.8) * 10) / 1.8);
    }
    return rounded(celsius * 10);
  }

  /** Tenths of a millimeter; never 0, which would be a trace. */
  int rain(double millimeters) {
    if (american) {
      return rounded(Math.max(1, rounded(millimeters / 0.254)) * 2.54);
    }
    return Math.max(1, rounded(millimeters * 10));
  }

  /** Millimeters, from tenths of an inch or whole centimeters. */
  int snowfall(double millimeters) {
    double step = american ? 2.54 : 10;
    return rounded(rounded(millimeters / step) * step);
  }

  /** Millimeters, from whole inches or whole centimeters. */
  int snowDepth(double millimeters) {
    double step = american ? 25.4 : 10;
    return rounded(rounded(millimeters / step) * step);
  }

  static int rounded(double value) {
    return (int) Math.floor(value + 0.5);
  }
}
