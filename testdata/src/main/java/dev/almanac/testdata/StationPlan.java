package dev.almanac.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * How many stations there are and how many rows each has: the rows shared evenly, the first
 * stations one more.
 */
final class StationPlan {

  /** Of the days of the period; the rest are lost months. */
  private static final double FULL = 0.97;

  /**
   * A trial file has a row for one day in so many, which is enough to know a station's bytes a row
   * within 1 %.
   */
  private static final int TRIAL_THINNING = 24;

  /**
   * Up to so many bytes, files are made and thrown away to learn their size: one long gap in one
   * station is several per cent of a small size.
   */
  private static final long MADE_TWICE = 16_000_000;

  private final StationFilesSpec spec;
  private final Calendar calendar;
  private final int stations;
  private final long rows;

  private StationPlan(StationFilesSpec spec, Calendar calendar, int stations, long rows) {
    this.spec = spec;
    this.calendar = calendar;
    this.stations = stations;
    this.rows = rows;
    long most = ceilingOfQuotient(rows, stations);
    if (most > calendar.days()) {
      throw new IllegalArgumentException(
          "Cannot generate station files: a station has at most a row a day, %d from %s until %s (%d asked of each of %d stations); ask for more stations or a longer period"
              .formatted(calendar.days(), spec.from(), spec.until(), most, stations));
    }
  }

  static StationPlan of(StationFilesSpec spec) {
    Calendar calendar = new Calendar(spec.from(), spec.until());
    long full = Math.max(1, (long) (calendar.days() * FULL));
    boolean free = spec.stations() == StationFilesSpec.AS_MANY_AS_NEEDED;
    if (spec.size() instanceof Size.Rows wanted) {
      int stations = free ? stationsFor(wanted.count(), full) : spec.stations();
      return new StationPlan(spec, calendar, stations, wanted.count());
    }
    if (spec.size() instanceof Size.Bytes wanted) {
      int stations =
          free ? stationsForBytes(spec, calendar, wanted.count(), full) : spec.stations();
      return new StationPlan(
          spec, calendar, stations, rowsForBytes(spec, calendar, wanted.count(), stations));
    }
    int stations = free ? 1 : spec.stations();
    return new StationPlan(spec, calendar, stations, full * stations);
  }

  int stations() {
    return stations;
  }

  long rows() {
    return rows;
  }

  int rowsOf(int index) {
    return (int) (rows / stations + (index < rows % stations ? 1 : 0));
  }

  StationFile file(int index) {
    return new StationFile(spec.seed(), index, calendar, rowsOf(index));
  }

  private long bytes() {
    long bytes = 0;
    for (int index = 0; index < stations; index++) {
      bytes += bytesOf(file(index));
    }
    return bytes;
  }

  private static long bytesOf(StationFile file) {
    try {
      return file.write(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int stationsFor(long rows, long full) {
    return Math.toIntExact(Math.min(StationProfile.MOST_STATIONS, ceilingOfQuotient(rows, full)));
  }

  private static long ceilingOfQuotient(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /**
   * Adds stations until they hold the bytes; every one is measured, since kinds differ by a factor
   * of four.
   */
  private static int stationsForBytes(
      StationFilesSpec spec, Calendar calendar, long bytes, long full) {
    double held = 0;
    int stations = 0;
    while (held < bytes && stations < StationProfile.MOST_STATIONS) {
      Trial trial = Trial.of(spec, calendar, stations++);
      held += trial.headerBytes + trial.bytesARow * full;
    }
    return stations;
  }

  private static long rowsForBytes(
      StationFilesSpec spec, Calendar calendar, long bytes, int stations) {
    double headers = 0;
    double aRowOfEach = 0;
    for (int index = 0; index < stations; index++) {
      Trial trial = Trial.of(spec, calendar, index);
      headers += trial.headerBytes;
      aRowOfEach += trial.bytesARow;
    }
    if (bytes < headers + aRowOfEach) {
      throw new IllegalArgumentException(
          "Cannot generate station files: bytes must be enough for a header and a row of each of %d stations, about %d (%d)"
              .formatted(stations, Math.round(headers + aRowOfEach), bytes));
    }
    long rows = Math.max(stations, Math.round((bytes - headers) / aRowOfEach * stations));
    long most = (long) stations * calendar.days();
    for (int round = 0; round < 2 && bytes <= MADE_TWICE; round++) {
      double made = new StationPlan(spec, calendar, stations, rows).bytes() - headers;
      rows = Math.max(stations, Math.min(most, Math.round(rows * (bytes - headers) / made)));
    }
    return rows;
  }

  /** A thin file of a station, made to learn how long its rows are. */
  private record Trial(double headerBytes, double bytesARow) {

    static Trial of(StationFilesSpec spec, Calendar calendar, int index) {
      int rows = Math.max(1, calendar.days() / TRIAL_THINNING);
      StationFile file = new StationFile(spec.seed(), index, calendar, rows);
      int header = file.header().length() + 1;
      return new Trial(header, (double) (bytesOf(file) - header) / rows);
    }
  }
}
