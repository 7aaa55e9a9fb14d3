package dev.almanac.testdata;

/**
 * The long-run weather of a station; temperatures in degrees Celsius.
 *
 * <p>The formulas are fitted by eye to the 42 stations described in the project's data notes: the
 * mean falls by 0.75 a degree of latitude, the yearly amplitude and the spread of the residuals
 * grow with latitude and distance from the ocean.
 *
 * @param maximumMean of TMAX over a year
 * @param maximumAmplitude half the distance between TMAX's warmest and coldest day
 * @param maximumDeviation of the residuals of TMAX around its season
 * @param maximumPersistence lag-1 autocorrelation of those residuals
 * @param correlation of the residuals of TMAX and TMIN
 * @param coldestDay of the year, from 1
 * @param wetShare of days with precipitation
 * @param wetAfterWet probability of a wet day after a wet one
 * @param wetMean millimeters on a wet day
 * @param wetShape of the gamma distribution of those
 * @param wetCooling how much colder TMAX is on a wet day than on a dry one
 * @param wetWarming how much warmer TMIN is
 */
record Climate(
    double maximumMean,
    double maximumAmplitude,
    double maximumDeviation,
    double maximumPersistence,
    double minimumMean,
    double minimumAmplitude,
    double minimumDeviation,
    double minimumPersistence,
    double correlation,
    double coldestDay,
    double wetShare,
    double wetAfterWet,
    double wetMean,
    double wetShape,
    double wetCooling,
    double wetWarming) {

  static Climate of(Region region, double latitude, double elevation, Draws draws) {
    double continentality = region.continentality();
    double north = Math.abs(latitude) - 25;

    double mean = 30.4 - 0.75 * north - 0.0030 * elevation + 1.2 * draws.normal();
    double amplitude = 5.5 + 0.57 * north * continentality + 0.8 * draws.normal();
    double deviation =
        (2.5 + 0.165 * (north + 2)) * (0.5 + 0.55 * continentality) * draws.between(0.9, 1.1);
    double range = 8.5 + 4.0 * continentality + 0.0015 * elevation + 1.2 * draws.normal();
    double coldest = 24 - 6 * continentality + 2 * draws.normal();

    double wetShare = region.wetShare() * draws.between(0.85, 1.15);
    return new Climate(
        mean,
        Math.max(2.5, amplitude),
        deviation,
        draws.between(0.58, 0.72),
        mean - Math.max(4, range),
        Math.max(2.5, amplitude) * draws.between(0.78, 0.96),
        deviation * draws.between(0.82, 0.98),
        draws.between(0.63, 0.74),
        Math.min(0.8, 0.36 + 0.34 * continentality + 0.06 * draws.normal()),
        latitude > 0 ? coldest : coldest + 182,
        wetShare,
        wetShare + (1 - wetShare) * draws.between(0.2, 0.34),
        region.wetMean() * draws.between(0.85, 1.15),
        0.56 + 0.02 * draws.below(8),
        draws.between(0.8, 3.4),
        draws.between(0.6, 2.2));
  }
}
