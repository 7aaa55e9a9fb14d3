package dev.almanac.transforms.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Another database's reading of the same cells. */
class DuckDbOracleTest {
  private static final double RELATIVE = 1e-12;
  private static final int ROWS = 4000;

  @Test
  void momentsMedianAndVocabularyEqualDuckDbs() throws SQLException {
    Random random = new Random(21);
    LongColumn integers = Samples.longs(ROWS, () -> random.nextInt(600) - 250, 0.1);
    DoubleColumn doubles = Samples.doubles(ROWS, () -> 20 + 8 * random.nextGaussian(), 0.2);
    StringColumn texts =
        StringColumn.of(
            IntStream.range(0, ROWS)
                .mapToObj(i -> i % 17 == 0 ? null : "s" + (int) Math.sqrt(random.nextInt(900)))
                .toArray(String[]::new));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE cells (i BIGINT, d DOUBLE, s VARCHAR)");
      insert(connection, integers, doubles, texts);
      compare(statement, "i", integers);
      compare(statement, "d", doubles);
      compare(statement, texts);
    }
  }

  private static void insert(
      Connection connection, LongColumn integers, DoubleColumn doubles, StringColumn texts)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO cells VALUES (?, ?, ?)")) {
      for (int row = 0; row < ROWS; row++) {
        insert.setObject(1, integers.isNull(row) ? null : integers.values()[row]);
        insert.setObject(2, doubles.isNull(row) ? null : doubles.values()[row]);
        insert.setString(3, texts.value(row));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void compare(Statement statement, String name, Column column) throws SQLException {
    Moments moments = new Moments();
    moments.add(column);
    Quantiles quantiles = new Quantiles();
    quantiles.add(column);
    String sql =
        "SELECT count(x), avg(x), var_pop(x), var_samp(x), stddev_pop(x), min(x), max(x), median(x), quantile_cont(x, 0.9) FROM (SELECT %s AS x FROM cells)";
    try (ResultSet found = statement.executeQuery(sql.formatted(name))) {
      found.next();
      assertEquals(found.getLong(1), moments.count());
      close(found.getDouble(2), moments.mean());
      close(found.getDouble(3), moments.variance(0));
      close(found.getDouble(4), moments.variance(1));
      close(found.getDouble(5), moments.standardDeviation(0));
      assertEquals(found.getDouble(6), moments.min());
      assertEquals(found.getDouble(7), moments.max());
      close(found.getDouble(8), quantiles.median());
      close(found.getDouble(9), quantiles.quantile(0.9));
    }
  }

  private static void compare(Statement statement, StringColumn texts) throws SQLException {
    ValueCounts counts = new ValueCounts();
    counts.add(texts);
    List<ValueCount> oracle = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            "SELECT s, count(*) AS n FROM cells WHERE s IS NOT NULL GROUP BY s ORDER BY n DESC, s")) {
      while (found.next()) {
        oracle.add(new ValueCount(found.getString(1), found.getLong(2)));
      }
    }
    assertEquals(oracle, counts.byCount());
  }

  private static void close(double expected, double actual) {
    assertEquals(expected, actual, Math.abs(expected) * RELATIVE);
  }
}
