package dev.almanac.testdata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** A generated station file, read back. */
record StationTable(List<String> header, List<List<String>> rows) {

  static byte[] bytes(long seed, int index, Calendar calendar, int rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new StationFile(seed, index, calendar, rows).write(out);
    return out.toByteArray();
  }

  static StationTable of(byte[] file) {
    List<List<String>> records = Rfc4180.read(file);
    return new StationTable(records.get(0), records.subList(1, records.size()));
  }

  boolean has(String column) {
    return header.contains(column);
  }

  /** The names of the elements' columns, without their attributes. */
  List<String> elements() {
    return header.stream().skip(6).filter(name -> !name.endsWith("_ATTRIBUTES")).toList();
  }

  List<String> cells(String column) {
    int place = header.indexOf(column);
    return rows.stream().map(row -> row.get(place)).toList();
  }

  List<LocalDate> dates() {
    return cells("DATE").stream().map(LocalDate::parse).toList();
  }

  /**
   * The part of the attributes that tells which quality check failed; empty when none or when there
   * is no value.
   */
  static String quality(String attributes) {
    return attributes.isEmpty() ? "" : attributes.split(",", -1)[1];
  }

  /** A column's values with those that failed a check, and the missing, as NaN. */
  double[] sound(String column) {
    List<String> cells = cells(column);
    List<String> attributes = cells(column + "_ATTRIBUTES");
    double[] values = new double[cells.size()];
    for (int row = 0; row < values.length; row++) {
      boolean sound = !cells.get(row).isEmpty() && quality(attributes.get(row)).isEmpty();
      values[row] = sound ? Integer.parseInt(cells.get(row).strip()) : Double.NaN;
    }
    return values;
  }
}
