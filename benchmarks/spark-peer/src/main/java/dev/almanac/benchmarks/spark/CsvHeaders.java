package dev.almanac.benchmarks.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The first lines of station files. */
final class CsvHeaders {
  private CsvHeaders() {}

  /** The column names of a file. */
  static String[] of(String file) {
    try (BufferedReader reader = new BufferedReader(StationParser.reader(file))) {
      return reader.readLine().replace("\"", "").split(",");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
