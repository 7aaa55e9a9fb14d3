package dev.almanac.testdata;

import static dev.almanac.testdata.Element.always;
import static dev.almanac.testdata.Element.alwaysTimed;
import static dev.almanac.testdata.Element.indicator;
import static dev.almanac.testdata.Element.sometimes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The elements that stations may observe, by name, with GHCN-Daily's units: tenths of a degree
 * Celsius, of a millimeter and of a meter a second, millimeters of snow, percent, degrees of
 * direction.
 */
final class Elements {

  /**
   * Wind blows over a station in tens of degrees; the fastest two minutes are about twice the day's
   * average.
   */
  private static final double GUST = 2.1;

  private static final List<Element> ALL =
      List.of(
          alwaysTimed("PRCP", 0.0003, Elements::precipitation),
          alwaysTimed("SNOW", 0.0004, Elements::snowfall),
          alwaysTimed("SNWD", 0.0008, Elements::snowDepth),
          always("TMAX", 0.005, (w, i, d, c) -> c.set(i.temperature(w.maximum))),
          always("TMIN", 0.005, (w, i, d, c) -> c.set(i.temperature(w.minimum))),
          always("ACMH", 0, (w, i, d, c) -> c.set(sky(w.cloud, d))),
          always("ACSH", 0, (w, i, d, c) -> c.set(sky(w.cloud, d))),
          always("ADPT", 0, (w, i, d, c) -> c.set(i.temperature(dewPoint(w, d)))),
          always("ASLP", 0, (w, i, d, c) -> c.set(pressure(w, d))),
          always("ASTP", 0, (w, i, d, c) -> c.set(stationPressure(w, i, d))),
          always("AWBT", 0, (w, i, d, c) -> c.set(i.temperature(wetBulb(w, d)))),
          always("AWND", 0.0001, (w, i, d, c) -> c.set(speed(w.wind))),
          sometimes("DAEV", false, 0.004, Elements::daysInTotal),
          sometimes("DAPR", true, 0.001, Elements::daysInTotal),
          sometimes("DASF", false, 0.0005, Elements::daysInTotal),
          sometimes("DATN", false, 0.001, Elements::daysInTotal),
          sometimes("DATX", false, 0.001, Elements::daysInTotal),
          sometimes("DAWM", false, 0.004, Elements::daysInTotal),
          sometimes("DWPR", false, 0.001, Elements::daysInTotal),
          alwaysTimed("EVAP", 0.003, (w, i, d, c) -> c.set(evaporation(w, d))),
          always("FMTM", 0.005, (w, i, d, c) -> c.set(clock(d))),
          sometimes("MDEV", false, 0.004, (w, i, d, c) -> c.set(3 * evaporation(w, d))),
          sometimes("MDPR", true, 0.001, (w, i, d, c) -> c.set(i.rain(25 * d.uniform()))),
          sometimes("MDSF", false, 0.0005, (w, i, d, c) -> c.set(i.snowfall(130 * d.uniform()))),
          sometimes("MDTN", false, 0.001, (w, i, d, c) -> c.set(i.temperature(w.minimum))),
          sometimes("MDTX", false, 0.001, (w, i, d, c) -> c.set(i.temperature(w.maximum))),
          sometimes("MDWM", false, 0.004, (w, i, d, c) -> c.set(10 + d.below(290))),
          alwaysTimed("MNPN", 0.04, (w, i, d, c) -> c.set(i.temperature(w.minimum + 3))),
          alwaysTimed("MXPN", 0.02, (w, i, d, c) -> c.set(i.temperature(w.maximum + 2))),
          always("PGTM", 0, (w, i, d, c) -> c.set(clock(d))),
          always("PSUN", 0, (w, i, d, c) -> c.set(100 - sky(w.cloud, d))),
          always("RHAV", 0, (w, i, d, c) -> c.set(humidity(w, d, 0))),
          always("RHMN", 0, (w, i, d, c) -> c.set(humidity(w, d, -24))),
          always("RHMX", 0, (w, i, d, c) -> c.set(humidity(w, d, 20))),
          always("TAVG", 0.0003, Elements::average),
          alwaysTimed("TOBS", 0.012, (w, i, d, c) -> c.set(i.temperature(atObservation(w, i, d)))),
          always("TSUN", 0.0003, (w, i, d, c) -> c.set(7 * (100 - sky(w.cloud, d)))),
          always("WDF1", 0.0006, (w, i, d, c) -> c.set(direction(d))),
          always("WDF2", 0, (w, i, d, c) -> c.set(direction(d))),
          always("WDF5", 0, (w, i, d, c) -> c.set(direction(d))),
          always("WDFG", 0, (w, i, d, c) -> c.set(direction(d))),
          alwaysTimed("WDMV", 0.002, (w, i, d, c) -> c.set(Instruments.rounded(18 * w.wind))),
          alwaysTimed("WESD", 0, (w, i, d, c) -> c.set(Instruments.rounded(w.snowDepth))),
          always("WSF1", 0, (w, i, d, c) -> c.set(speed(GUST * w.wind + d.normal()))),
          always("WSF2", 0.0004, (w, i, d, c) -> c.set(speed(GUST * w.wind + d.normal()))),
          always("WSF5", 0.0001, (w, i, d, c) -> c.set(speed(1.3 * GUST * w.wind + d.normal()))),
          always("WSFG", 0, (w, i, d, c) -> c.set(speed(1.3 * GUST * w.wind + d.normal()))),
          indicator("WT01", 0.06, 0.22, 0.3),
          indicator("WT02", 0.03, 0.09, 0.1),
          indicator("WT03", 0.005, 0.16, 0.01),
          indicator("WT04", 0.001, 0.006, 0.08),
          indicator("WT05", 0.001, 0.02, 0.002),
          indicator("WT06", 0.001, 0.004, 0.03),
          indicator("WT07", 0.006, 0.002, 0.01),
          indicator("WT08", 0.15, 0.08, 0.05),
          indicator("WT09", 0.001, 0.001, 0.06),
          indicator("WT10", 0.002, 0.02, 0.002),
          indicator("WT11", 0.006, 0.015, 0.005),
          indicator("WT13", 0.2, 0.7, 0.6),
          indicator("WT14", 0.004, 0.05, 0.02),
          indicator("WT16", 0.03, 0.85, 0.3),
          indicator("WT17", 0.0005, 0.004, 0.03),
          indicator("WT18", 0.004, 0.01, 0.85),
          indicator("WT19", 0.002, 0.006, 0.08),
          indicator("WT21", 0.02, 0.04, 0.02),
          indicator("WT22", 0.02, 0.02, 0.2),
          indicator("WV03", 0.002, 0.12, 0.01));

  private static final Map<String, Element> BY_NAME = new LinkedHashMap<>();

  static {
    ALL.forEach(element -> BY_NAME.put(element.name(), element));
  }

  private Elements() {}

  static Element named(String name) {
    Element element = BY_NAME.get(name);
    if (element == null) {
      throw new IllegalArgumentException(
          "Cannot find element '%s': known are %s".formatted(name, BY_NAME.keySet()));
    }
    return element;
  }

  private static void precipitation(
      Weather weather, Instruments instruments, Draws draws, Cell cell) {
    if (weather.wet) {
      cell.set(instruments.rain(weather.precipitation));
    } else if (draws.chance(0.09)) {
      cell.setTrace();
    } else {
      cell.set(0);
    }
  }

  private static void snowfall(Weather weather, Instruments instruments, Draws draws, Cell cell) {
    cell.set(instruments.snowfall(weather.snowfall));
    if (cell.value == 0 && (weather.snowfall > 0 || weather.maximum < 3 && draws.chance(0.2))) {
      cell.setTrace();
    }
  }

  private static void snowDepth(Weather weather, Instruments instruments, Draws draws, Cell cell) {
    cell.set(instruments.snowDepth(weather.snowDepth));
    if (cell.value == 0 && weather.snowDepth > 0) {
      cell.setTrace();
    }
  }

  /** Over how many days a total runs. */
  private static void daysInTotal(
      Weather weather, Instruments instruments, Draws draws, Cell cell) {
    cell.set(2 + (draws.chance(0.7) ? 0 : 1 + draws.below(3)));
  }

  private static void average(Weather weather, Instruments instruments, Draws draws, Cell cell) {
    cell.set(Instruments.rounded(5 * (weather.maximum + weather.minimum) + 6 * draws.normal()));
    cell.measurement = instruments.american() ? Cell.BLANK : 'H';
  }

  private static double atObservation(Weather weather, Instruments instruments, Draws draws) {
    double share = Weather.clamp(instruments.observationTime() + 0.12 * draws.normal(), 0, 1);
    return weather.minimum + share * (weather.maximum - weather.minimum);
  }

  private static int sky(double cloud, Draws draws) {
    return 10 * Instruments.rounded(10 * Weather.clamp(cloud + 0.1 * draws.normal(), 0, 1));
  }

  private static double dewPoint(Weather weather, Draws draws) {
    return weather.minimum - 3 + 4 * weather.cloud + draws.normal();
  }

  private static double wetBulb(Weather weather, Draws draws) {
    return 0.55 * weather.minimum + 0.3 * weather.maximum + draws.normal();
  }

  private static int pressure(Weather weather, Draws draws) {
    return Instruments.rounded(10_163 - 50 * (weather.cloud - 0.5) + 50 * draws.normal());
  }

  private static int stationPressure(Weather weather, Instruments instruments, Draws draws) {
    return Instruments.rounded(pressure(weather, draws) * (1 - 0.000112 * instruments.elevation()));
  }

  private static int humidity(Weather weather, Draws draws, int shift) {
    double percent = 48 + 42 * weather.cloud + shift + 6 * draws.normal();
    return Instruments.rounded(Weather.clamp(percent, 5, 100));
  }

  private static int evaporation(Weather weather, Draws draws) {
    double warmth = Math.max(0, weather.maximum - 2);
    return Instruments.rounded(
        3.4 * warmth * (1.2 - 0.7 * weather.cloud) * draws.between(0.6, 1.4));
  }

  private static int speed(double metersASecond) {
    return Instruments.rounded(10 * Math.max(0, metersASecond));
  }

  private static int direction(Draws draws) {
    return 10 * (1 + draws.below(36));
  }

  /** Hours and minutes as one number. */
  private static int clock(Draws draws) {
    return 100 * draws.below(24) + draws.below(60);
  }
}
