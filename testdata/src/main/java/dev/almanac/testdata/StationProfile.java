package dev.almanac.testdata;

import java.util.List;

/**
 * Who a station is: a pure function of the seed and the station's index.
 *
 * @param id eleven characters, unique among {@link #MOST_STATIONS} stations of a seed
 * @param latitude degrees, to four decimals at most
 * @param elevation meters, to one decimal
 * @param name upper case, always with a comma
 */
record StationProfile(
    String id,
    StationKind kind,
    Region region,
    double latitude,
    double longitude,
    double elevation,
    String name,
    Climate climate) {

  static final int MOST_STATIONS = 900_000;

  private static final List<String> FIRST_WORDS =
      List.of(
          "CEDAR", "MILL", "FORT", "GRAND", "SALT", "EAGLE", "CLEAR", "STONE", "MAPLE", "RED",
          "LONG", "SPRING", "NEW", "OAK", "BIG", "SILVER", "WHITE", "PINE", "ELK", "ROCK", "GREEN",
          "WILLOW", "IRON", "NORTH");
  private static final List<String> SECOND_WORDS =
      List.of(
          "FALLS",
          "CREEK",
          "CITY",
          "LAKE",
          "VALLEY",
          "SPRINGS",
          "FORK",
          "RIDGE",
          "HAVEN",
          "BEND",
          "GROVE",
          "PARK",
          "HILL",
          "PRAIRIE",
          "FORD",
          "RIVER",
          "MOUNTAIN",
          "HARBOR",
          "MEADOW",
          "BLUFF");
  private static final List<String> WINDS = List.of("N", "NNE", "SE", "SSW", "W", "WNW");

  static StationProfile of(long seed, int index) {
    Draws draws = Draws.of(seed, index, Draws.Purpose.PROFILE);
    StationKind kind = StationKind.of(index);
    Region region = kind.regions().get(draws.below(kind.regions().size()));
    double latitude = rounded(region.latitudes().draw(draws), 10_000);
    double longitude = rounded(region.longitudes().draw(draws), 10_000);
    double low = region.elevations().low();
    double height = draws.uniform();
    // Squared: most people, and so most stations, live low.
    double elevation = rounded(low + (region.elevations().high() - low) * height * height, 10);
    return new StationProfile(
        id(kind, region, seed, index),
        kind,
        region,
        latitude,
        longitude,
        elevation,
        name(kind, region, draws),
        Climate.of(region, latitude, elevation, draws));
  }

  private static String id(StationKind kind, Region region, long seed, int index) {
    // 7919 has no factor in common with 900,000, so no two indices meet.
    long number =
        (Math.floorMod(seed * 104_729, (long) MOST_STATIONS) + 7919L * index) % MOST_STATIONS;
    String prefix = kind.prefix().isEmpty() ? region.country() + "M00" : kind.prefix();
    return prefix + (100_000 + number);
  }

  private static String name(StationKind kind, Region region, Draws draws) {
    StringBuilder name = new StringBuilder();
    name.append(FIRST_WORDS.get(draws.below(FIRST_WORDS.size())));
    name.append(' ').append(SECOND_WORDS.get(draws.below(SECOND_WORDS.size())));
    if (kind == StationKind.AIRPORT) {
      name.append(" INTL AP");
    } else if (kind.american() && draws.chance(0.35)) {
      name.append(' ')
          .append(1 + draws.below(9))
          .append(' ')
          .append(WINDS.get(draws.below(WINDS.size())));
    }
    return name.append(',').append(region.code()).toString();
  }

  private static double rounded(double value, int scale) {
    return Math.rint(value * scale) / scale;
  }
}
