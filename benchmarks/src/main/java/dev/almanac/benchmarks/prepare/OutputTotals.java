package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.duckdb.PrepareSql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a contestant wrote, added up: enough to see that all wrote the same.
 *
 * @param splits of train, validation and test
 * @param bytes of all files
 */
record OutputTotals(List<Split> splits, long bytes) {
  /** Of a mean: floats are rounded to 24 bits, and means are computed in different orders. */
  private static final double TOLERANCE = 1e-5;

  private static final List<String> SUMMED =
      List.of(
          "PRCP",
          "SNOW",
          "SNWD",
          "TMIN",
          "LATITUDE",
          "LONGITUDE",
          "ELEVATION",
          "DATE.day-of-year-sin",
          "DATE.day-of-year-cos",
          "STATION",
          "TMAX");

  /**
   * @param means of the columns above
   * @param order a sum that depends on the order of rows
   */
  record Split(long rows, List<Double> means, double order) {}

  /** Reads the files with DuckDB. */
  static OutputTotals of(Contestant contestant, Path output) throws IOException, SQLException {
    List<Split> splits = new ArrayList<>();
    long bytes = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (int split = 0; split < PrepareSql.SPLITS.size(); split++) {
        List<Path> files = contestant.files(output, split);
        if (files.isEmpty()) {
          throw new IOException(
              "Cannot check %s: it wrote no %s split"
                  .formatted(contestant.name(), PrepareSql.SPLITS.get(split)));
        }
        bytes += Trees.bytes(files);
        splits.add(split(statement, files));
      }
    }
    return new OutputTotals(List.copyOf(splits), bytes);
  }

  private static Split split(Statement statement, List<Path> files) throws SQLException {
    String list = files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
    String means =
        SUMMED.stream()
            .map(name -> "avg(\"%s\"::DOUBLE)".formatted(name))
            .collect(Collectors.joining(", "));
    String sql =
        """
        SELECT count(*), sum((place %% 9973) * TMAX::DOUBLE), %s
        FROM (SELECT *, row_number() OVER () AS place FROM read_parquet([%s]))
        """
            .formatted(means, list);
    try (ResultSet found = statement.executeQuery(sql)) {
      found.next();
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < SUMMED.size(); i++) {
        values.add(found.getDouble(3 + i));
      }
      return new Split(found.getLong(1), List.copyOf(values), found.getDouble(2));
    }
  }

  /** What differs from the other's beyond rounding; empty when nothing does. */
  List<String> differences(OutputTotals other, boolean orderMatters) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      String split = PrepareSql.SPLITS.get(i);
      Split mine = splits.get(i);
      Split theirs = other.splits.get(i);
      if (mine.rows != theirs.rows) {
        differences.add("%s: %d rows, not %d".formatted(split, mine.rows, theirs.rows));
      }
      for (int column = 0; column < SUMMED.size(); column++) {
        double a = mine.means.get(column);
        double b = theirs.means.get(column);
        if (!(Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(b)))) {
          differences.add(
              String.format(
                  Locale.ROOT, "%s: mean of %s %.7g, not %.7g", split, SUMMED.get(column), a, b));
        }
      }
      // Train alone is ever shuffled, and each contestant's shuffle is its own.
      if ((orderMatters || i > 0) && mine.rows == theirs.rows && mine.order != theirs.order) {
        differences.add("%s: rows in another order".formatted(split));
      }
    }
    return differences;
  }
}
