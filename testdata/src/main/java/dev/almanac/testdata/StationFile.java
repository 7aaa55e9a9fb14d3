package dev.almanac.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One station's file in the layout of GHCN-Daily's "access" CSV files.
 *
 * <p>A pure function of the seed, the station's index, the calendar and the number of rows.
 */
final class StationFile {

  /**
   * The share of days on which the thermometer is out of order, which takes all temperatures away.
   */
  private static final double THERMOMETER_NULLS = 0.012;

  private static final byte[] NO_TIME = {};
  private static final List<String> TIMES = List.of("0700", "0800", "1700", "1800", "2400");

  private final StationProfile profile;
  private final Calendar calendar;
  private final DayPlan days;
  private final Instruments instruments;
  private final List<Column> columns;
  private final Weather weather;
  private final Gaps thermometer;
  private final int firstLateRow;
  private final byte[] time;

  StationFile(long seed, int index, Calendar calendar, int rows) {
    profile = StationProfile.of(seed, index);
    this.calendar = calendar;
    days = DayPlan.of(calendar, rows, Draws.of(seed, index, Draws.Purpose.DAYS));
    Draws draws = Draws.of(seed, index, Draws.Purpose.COLUMNS);
    Draws rowDraws = Draws.of(seed, index, Draws.Purpose.ROWS);
    StationKind kind = profile.kind();
    instruments = new Instruments(kind.american(), profile.elevation(), draws.between(0.25, 0.8));
    columns = new ColumnLayout(calendar, days, draws, rowDraws).columns(kind);
    weather = new Weather(profile.climate(), calendar, rowDraws);
    boolean fragile = kind.observesTemperature() && kind != StationKind.AIRPORT;
    thermometer = new Gaps(fragile ? THERMOMETER_NULLS : 0, rowDraws);
    int moved = kind == StationKind.AIRPORT ? 2004 : 2009;
    firstLateRow = days.firstRowFrom(calendar.firstDayOf(moved) + draws.below(3 * 365));
    boolean recordsTime = kind.american() && draws.chance(0.4);
    String text = TIMES.get(draws.below(TIMES.size()));
    time = recordsTime ? text.getBytes(StandardCharsets.US_ASCII) : NO_TIME;
  }

  /** The station's identifier, which is also the file's name without its ending. */
  String id() {
    return profile.id();
  }

  /**
   * Writes the file and leaves the stream open; to be called once.
   *
   * @return how many bytes were written
   */
  long write(OutputStream out) throws IOException {
    RowBuffer buffer = new RowBuffer(out);
    buffer.text(header());
    buffer.endRow();
    byte[] beforeDate = ('"' + profile.id() + "\",\"").getBytes(StandardCharsets.US_ASCII);
    byte[] afterDate = place().getBytes(StandardCharsets.US_ASCII);
    Cell cell = new Cell();
    for (int row = 0; row < days.rows(); row++) {
      int day = days.day(row);
      weather.advance(day, days.followsGap(row));
      buffer.raw(beforeDate);
      buffer.date(calendar, day);
      buffer.raw(afterDate);
      values(row, cell, buffer);
      buffer.endRow();
    }
    buffer.flush();
    return buffer.count();
  }

  String header() {
    StringBuilder header = new StringBuilder();
    header.append("\"STATION\",\"DATE\",\"LATITUDE\",\"LONGITUDE\",\"ELEVATION\",\"NAME\"");
    for (Column column : columns) {
      String name = column.name();
      header.append(",\"").append(name).append("\",\"").append(name).append("_ATTRIBUTES\"");
    }
    return header.toString();
  }

  private String place() {
    return "\",\"%s\",\"%s\",\"%s\",\"%s\""
        .formatted(
            decimal(profile.latitude()),
            decimal(profile.longitude()),
            decimal(profile.elevation()),
            profile.name());
  }

  private void values(int row, Cell cell, RowBuffer buffer) {
    boolean late = row >= firstLateRow;
    char source = profile.kind().source(late);
    byte[] observedAt = late ? time : NO_TIME;
    boolean broken = thermometer.missingNext();
    // The first column is PRCP and a row exists because of some value: without rain there are
    // temperatures.
    boolean empty = true;
    for (Column column : columns) {
      boolean lost = broken && column.needsThermometer();
      boolean needed = empty && (broken || column.needsThermometer());
      if (!lost && column.read(row, needed, weather, instruments, cell)) {
        buffer.value(
            cell.value, cell.measurement, cell.quality, source, column.timed() ? observedAt : null);
        empty = false;
      } else {
        buffer.missing();
      }
    }
  }

  /** Without trailing zeros, as the real files write places: {@code 29}, {@code -95.36}. */
  private static String decimal(double value) {
    return BigDecimal.valueOf(Math.round(value * 10_000), 4).stripTrailingZeros().toPlainString();
  }
}
