package dev.almanac.testdata;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What to generate. Equal specs give equal files on every machine.
 *
 * <p>What a station's file holds depends on the seed, the station's index, the period and the
 * station's number of rows, and not on how many stations there are.
 *
 * @param stations how many, or {@link #AS_MANY_AS_NEEDED}
 * @param size over all stations, which share the rows evenly
 * @param from the first day of the period
 * @param until the day after the last
 */
public record StationFilesSpec(
    int stations, Size size, LocalDate from, LocalDate until, long seed, Compression compression) {

  /** As few stations as hold the size, each with a row for nearly every day of the period. */
  public static final int AS_MANY_AS_NEEDED = 0;

  /** What the real files reach back to. */
  private static final LocalDate EARLIEST = LocalDate.of(1750, 1, 1);

  private static final long SAMPLE_SEED = 2;

  /** Dates are written with four digits of the year. */
  private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

  public StationFilesSpec {
    List<String> problems = problems(stations, size, from, until);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** All of 1985 to 2019, seed 1, no compression, as many stations as needed. */
  public static StationFilesSpec of(Size size) {
    return new StationFilesSpec(
        AS_MANY_AS_NEEDED,
        size,
        LocalDate.of(1985, 1, 1),
        LocalDate.of(2020, 1, 1),
        1,
        Compression.NONE);
  }

  public static StationFilesSpec ofRows(long rows) {
    return of(new Size.Rows(rows));
  }

  public static StationFilesSpec ofBytes(long bytes) {
    return of(new Size.Bytes(bytes));
  }

  /** The sample that the project keeps in {@code testdata/ghcn-sample}. */
  public static StationFilesSpec sample() {
    return ofRows(36_000)
        .withStations(12)
        .withPeriod(LocalDate.of(1990, 1, 1), LocalDate.of(2016, 1, 1))
        .withSeed(SAMPLE_SEED)
        .withCompression(Compression.MIXED);
  }

  public StationFilesSpec withStations(int newStations) {
    return new StationFilesSpec(newStations, size, from, until, seed, compression);
  }

  public StationFilesSpec withSize(Size newSize) {
    return new StationFilesSpec(stations, newSize, from, until, seed, compression);
  }

  public StationFilesSpec withPeriod(LocalDate newFrom, LocalDate newUntil) {
    return new StationFilesSpec(stations, size, newFrom, newUntil, seed, compression);
  }

  public StationFilesSpec withSeed(long newSeed) {
    return new StationFilesSpec(stations, size, from, until, newSeed, compression);
  }

  public StationFilesSpec withCompression(Compression newCompression) {
    return new StationFilesSpec(stations, size, from, until, seed, newCompression);
  }

  private static List<String> problems(int stations, Size size, LocalDate from, LocalDate until) {
    List<String> problems = new ArrayList<>();
    if (stations < 0 || stations > StationProfile.MOST_STATIONS) {
      problems.add(
          "Cannot generate station files: stations must be from 1 to %d (%d)"
              .formatted(StationProfile.MOST_STATIONS, stations));
    }
    if (size instanceof Size.Rows rows && rows.count() < Math.max(1, stations)) {
      problems.add(
          "Cannot generate station files: rows must be at least 1 a station (rows=%d, stations=%d)"
              .formatted(rows.count(), stations));
    }
    if (size instanceof Size.Bytes bytes && bytes.count() < 1) {
      problems.add(
          "Cannot generate station files: bytes must be at least 1 (%d)".formatted(bytes.count()));
    }
    if (!from.isBefore(until)) {
      problems.add(
          "Cannot generate station files: the period must begin before it ends (from=%s, until=%s)"
              .formatted(from, until));
    }
    if (from.isBefore(EARLIEST) || until.isAfter(LATEST)) {
      problems.add(
          "Cannot generate station files: the period must lie from %s to %s (from=%s, until=%s)"
              .formatted(EARLIEST, LATEST, from, until));
    }
    return problems;
  }
}
