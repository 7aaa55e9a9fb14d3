package dev.almanac.testdata;

import java.util.List;

/**
 * A place for stations: a box of latitude, longitude and elevation, and what its weather is like.
 *
 * @param code what the name of a station ends with
 * @param elevations meters
 * @param continentality from 0 (ocean) to 1 (far from any)
 * @param wetShare the share of days with precipitation
 * @param wetMean millimeters on such a day
 */
record Region(
    String code,
    Range latitudes,
    Range longitudes,
    Range elevations,
    double continentality,
    double wetShare,
    double wetMean) {

  record Range(double low, double high) {
    double draw(Draws draws) {
      return draws.between(low, high);
    }
  }

  /**
   * Spread so that stations drawn evenly have the network's distribution of TMAX: few in the far
   * south.
   */
  static final List<Region> AMERICAN =
      List.of(
          of(" MT US", 45, 48.8, -115, -104.5, 600, 1700, 0.95, 0.24, 4.5),
          of(" WA US", 46, 48.9, -124, -121.8, 3, 300, 0.25, 0.46, 8.5),
          of(" ID US", 42.5, 48, -117, -112, 600, 1800, 0.7, 0.26, 4.2),
          of(" OR US", 42.2, 45.8, -123.8, -117.5, 20, 1200, 0.45, 0.34, 5.5),
          of(" CA US", 33, 40, -123, -116, 3, 900, 0.35, 0.14, 9),
          of(" AZ US", 31.8, 36, -114, -109.5, 100, 2000, 0.55, 0.13, 6),
          of(" NM US", 32, 36.5, -108.8, -103.5, 1000, 2200, 0.65, 0.16, 6),
          of(" CO US", 37.2, 40.8, -108.5, -102.5, 1200, 2600, 0.75, 0.22, 5),
          of(" TX US", 27, 36, -104, -94, 10, 1100, 0.8, 0.18, 11),
          of(" OK US", 34, 36.9, -102, -95, 150, 1100, 0.9, 0.21, 10.5),
          of(" KS US", 37.2, 39.8, -101.5, -95, 230, 1000, 0.95, 0.22, 9),
          of(" SD US", 43.2, 45.8, -103, -97, 350, 900, 1.0, 0.21, 7),
          of(" MN US", 43.7, 48.5, -96.5, -91, 230, 450, 1.0, 0.29, 7),
          of(" IA US", 40.8, 43.3, -96, -91, 180, 400, 1.0, 0.28, 8.5),
          of(" IL US", 37.5, 42.3, -91, -88, 100, 270, 0.95, 0.3, 9),
          of(" OH US", 38.8, 41.5, -84.5, -81, 180, 350, 0.9, 0.35, 7.5),
          of(" KY US", 36.8, 38.8, -88.5, -83, 110, 320, 0.85, 0.32, 10.5),
          of(" NY US", 40.8, 44.8, -79, -73.8, 50, 550, 0.9, 0.4, 7.3),
          of(" ME US", 43.6, 47, -70.8, -67.8, 10, 300, 0.9, 0.36, 8.5),
          of(" VA US", 36.8, 38.9, -82, -76.5, 10, 700, 0.75, 0.31, 9.5),
          of(" GA US", 31, 34.8, -85, -81.3, 30, 400, 0.7, 0.3, 12),
          of(" MS US", 31, 34.8, -91, -88.5, 40, 160, 0.75, 0.28, 14),
          of(" FL US", 25.5, 30.5, -83, -80.5, 2, 50, 0.55, 0.32, 12));

  static final List<Region> INTERNATIONAL =
      List.of(
          of("    JA", 33, 43, 130, 144, 5, 150, 0.6, 0.36, 12),
          of("    EZ", 49, 51, 12, 18, 200, 600, 0.7, 0.42, 4.2),
          of("    AE", 24, 26, 51, 56, 2, 200, 0.55, 0.09, 6));

  /** South of the equator: the coldest days come in July. */
  static final List<Region> AUSTRALIAN =
      List.of(
          of("    AS", -38, -33, 140, 151, 5, 600, 0.35, 0.34, 6),
          of("    AS", -33, -28, 145, 153, 5, 600, 0.4, 0.26, 9));

  /** The last two letters of the code. */
  String country() {
    return code.substring(code.length() - 2);
  }

  private static Region of(
      String code,
      double south,
      double north,
      double west,
      double east,
      double low,
      double high,
      double continentality,
      double wetShare,
      double wetMean) {
    return new Region(
        code,
        new Range(south, north),
        new Range(west, east),
        new Range(low, high),
        continentality,
        wetShare,
        wetMean);
  }
}
