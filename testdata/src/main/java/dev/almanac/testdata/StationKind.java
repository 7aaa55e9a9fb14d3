package dev.almanac.testdata;

import java.util.List;

/** What sort of station a file comes from; the sort decides which columns may stand in it. */
enum StationKind {
  /** A volunteer's station in the United States: the bulk of the network. */
  COOPERATIVE("USC00", '0', '7', Region.AMERICAN),
  /** A volunteer's station that also measures the evaporation from a pan and the wind over it. */
  EVAPORATION("USC00", '0', '7', Region.AMERICAN),
  /**
   * A weather service office at an airport: about fifty elements, many of them for a few decades
   * only.
   */
  AIRPORT("USW00", 'X', 'W', Region.AMERICAN),
  /** A station of another country: few elements, no snowfall. */
  INTERNATIONAL("", 'S', 'S', Region.INTERNATIONAL),
  /** A station south of the equator: no snow at all, totals over several days. */
  AUSTRALIAN("ASN00", 'a', 'a', Region.AUSTRALIAN),
  /** An international station whose minimum thermometer never reported. */
  MAXIMUM_ONLY("", 'I', 'I', Region.INTERNATIONAL),
  /** Precipitation alone. */
  RAIN_GAUGE("ASN00", 'a', 'a', Region.AUSTRALIAN);

  /**
   * How many stations of the network repeat their kinds. The first twelve hold every kind, so that
   * a few stations already differ as the whole network does; the cycle as a whole holds 4 %
   * airports and the real share of absent columns.
   */
  private static final int CYCLE = 96;

  private static final List<StationKind> FIRST =
      List.of(
          COOPERATIVE,
          AIRPORT,
          COOPERATIVE,
          INTERNATIONAL,
          EVAPORATION,
          COOPERATIVE,
          AUSTRALIAN,
          COOPERATIVE,
          MAXIMUM_ONLY,
          COOPERATIVE,
          RAIN_GAUGE,
          COOPERATIVE);

  private final String prefix;
  private final char earlySource;
  private final char lateSource;
  private final List<Region> regions;

  StationKind(String prefix, char earlySource, char lateSource, List<Region> regions) {
    this.prefix = prefix;
    this.earlySource = earlySource;
    this.lateSource = lateSource;
    this.regions = regions;
  }

  static StationKind of(int index) {
    int place = index % CYCLE;
    if (place < FIRST.size()) {
      return FIRST.get(place);
    }
    return place % 24 == 0 ? AIRPORT : place % 24 == 12 ? EVAPORATION : COOPERATIVE;
  }

  /**
   * The first five characters of the station's identifier; empty where they follow from the
   * country.
   */
  String prefix() {
    return prefix;
  }

  /** The source flag before and after the station's archive moved on. */
  char source(boolean late) {
    return late ? lateSource : earlySource;
  }

  List<Region> regions() {
    return regions;
  }

  boolean american() {
    return regions == Region.AMERICAN;
  }

  boolean observesTemperature() {
    return this != RAIN_GAUGE;
  }

  boolean observesMinimum() {
    return this != RAIN_GAUGE && this != MAXIMUM_ONLY;
  }
}
