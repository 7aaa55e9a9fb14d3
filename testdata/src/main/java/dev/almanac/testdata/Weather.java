package dev.almanac.testdata;

/**
 * The weather of one station, a day at a time; temperatures in degrees Celsius, water and snow in
 * millimeters.
 *
 * <p>TMAX and TMIN are a season plus residuals that persist and go together; wet days are a
 * two-state Markov chain with gamma amounts; rain narrows the daily range, snow on the ground
 * lowers both temperatures. The fields hold the day last advanced to. Not thread-safe.
 */
final class Weather {

  /** Degrees a year: the real test years are about 0.3 degrees warmer than the real train years. */
  private static final double TREND = 0.02;

  private static final double SNOW_COOLING_MAXIMUM = 4.0;
  private static final double SNOW_COOLING_MINIMUM = 3.0;

  double maximum;
  double minimum;
  boolean wet;
  double precipitation;
  double snowfall;
  double snowDepth;

  /** Share of the sky, from 0 to 1: more on wet days and when the daily range is narrow. */
  double cloud;

  /** Meters a second, the day's average. */
  double wind;

  private final Climate climate;
  private final Calendar calendar;
  private final Draws draws;
  private final QuantileTable wetAmount;
  private final double wetAfterDry;
  private final double[] seasonMaximum = new double[366];
  private final double[] seasonMinimum = new double[366];
  private final double[] spread = new double[366];
  private double residualMaximum;
  private double residualMinimum;

  Weather(Climate climate, Calendar calendar, Draws draws) {
    this.climate = climate;
    this.calendar = calendar;
    this.draws = draws;
    wetAmount = QuantileTable.gamma(climate.wetShape());
    wetAfterDry = climate.wetShare() * (1 - climate.wetAfterWet()) / (1 - climate.wetShare());
    for (int day = 0; day < 366; day++) {
      double winter = StrictMath.cos(2 * Math.PI * (day + 1 - climate.coldestDay()) / 365.25);
      double laterWinter = StrictMath.cos(2 * Math.PI * (day - 1 - climate.coldestDay()) / 365.25);
      seasonMaximum[day] = climate.maximumMean() - climate.maximumAmplitude() * winter;
      seasonMinimum[day] = climate.minimumMean() - climate.minimumAmplitude() * laterWinter;
      spread[day] = 1 + 0.27 * winter;
    }
  }

  /**
   * Moves to a later day.
   *
   * @param followsGap whether the day before was not visited: then nothing persists but the snow
   */
  void advance(int day, boolean followsGap) {
    int season = calendar.dayOfYear(day);
    double commonMaximum = draws.normal();
    double commonMinimum =
        climate.correlation() * commonMaximum + complement(climate.correlation()) * draws.normal();
    if (followsGap) {
      residualMaximum = commonMaximum;
      residualMinimum = commonMinimum;
      wet = draws.chance(climate.wetShare());
    } else {
      residualMaximum = persisted(residualMaximum, climate.maximumPersistence(), commonMaximum);
      residualMinimum = persisted(residualMinimum, climate.minimumPersistence(), commonMinimum);
      wet = draws.chance(wet ? climate.wetAfterWet() : wetAfterDry);
    }
    temperatures(season, TREND * calendar.yearsSince1990(day));
    water();
    double narrow = residualMinimum - residualMaximum;
    cloud = clamp((wet ? 0.8 : 0.42) + 0.14 * narrow + 0.15 * draws.normal(), 0, 1);
    wind = Math.max(0.3, 3.4 + (wet ? 0.5 : 0) - 0.4 * residualMaximum + 1.5 * draws.normal());
  }

  private void temperatures(int season, double trend) {
    // Around the mean over wet and dry days, so that the season stays as the climate says.
    double wetness = (wet ? 1 : 0) - climate.wetShare();
    boolean covered = snowDepth >= 25;
    maximum =
        seasonMaximum[season]
            + trend
            + spread[season] * climate.maximumDeviation() * residualMaximum
            - wetness * climate.wetCooling()
            - (covered ? SNOW_COOLING_MAXIMUM : 0);
    minimum =
        seasonMinimum[season]
            + trend
            + spread[season] * climate.minimumDeviation() * residualMinimum
            + wetness * climate.wetWarming()
            - (covered ? SNOW_COOLING_MINIMUM : 0);
    minimum = Math.min(minimum, maximum - 1.2);
  }

  private void water() {
    precipitation = wet ? wetAmount.at(draws.bits()) * climate.wetMean() : 0;
    boolean freezing = maximum + minimum < 2;
    // Fresh snow is about ten times as deep as the water in it.
    snowfall = wet && freezing ? precipitation * draws.between(7, 14) : 0;
    double melted = maximum > 0 ? 6 * maximum : 0;
    snowDepth = Math.max(0, snowDepth * 0.92 - melted) + 0.7 * snowfall;
  }

  private static double persisted(double before, double persistence, double change) {
    return persistence * before + complement(persistence) * change;
  }

  private static double complement(double share) {
    return Math.sqrt(1 - share * share);
  }

  static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
