package dev.almanac.transforms.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Robust scale and quantile bins, against DuckDB and against a sort of every value. */
class QuantileStepsTest {
  private static final double RELATIVE = 1e-12;
  private static final int MANY = 3 * Quantiles.EXACT_VALUES;

  @Test
  void fewValuesGiveDuckDbsQuantilesAndBins() throws SQLException {
    Random random = new Random(31);
    DoubleColumn cells = column(5000, random, 0.1, () -> Math.rint(random.nextGaussian() * 400));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      insert(connection, cells);
      RobustScale scale = new RobustScale(List.of(10.0, 90.0));
      try (ResultSet found =
          statement.executeQuery(
              "SELECT median(x), quantile_cont(x, 0.9) - quantile_cont(x, 0.1) FROM cells")) {
        found.next();
        close(
            found.getDouble(1),
            scale.center(ColumnStatistics.with(moments(cells), quantiles(cells))));
        close(
            found.getDouble(2),
            scale.scale(ColumnStatistics.with(moments(cells), quantiles(cells))));
      }
      BinEncoder encoder = fitted(new QuantileBins(8), cells);
      assertEquals(7, encoder.edges().size());
      for (int i = 0; i < 7; i++) {
        try (ResultSet found =
            statement.executeQuery(
                "SELECT quantile_cont(x, %s) FROM cells".formatted((i + 1) / 8.0))) {
          found.next();
          close(found.getDouble(1), encoder.edges().get(i));
        }
      }
      int[] indices = encoder.indices(cells);
      String bin =
          "SELECT CASE WHEN x IS NULL THEN 0 ELSE 2 + len(list_filter(%s::DOUBLE[], lambda e: e <= x)) END FROM cells ORDER BY i";
      try (ResultSet found = statement.executeQuery(bin.formatted(encoder.edges()))) {
        for (int index : indices) {
          found.next();
          assertEquals(found.getInt(1), index);
        }
      }
    }
  }

  @Test
  void manyValuesStayWithinTheErrorThatTheArtifactStates() {
    Random random = new Random(32);
    DoubleColumn cells = column(MANY, random, 0, () -> Math.exp(3 * random.nextGaussian()));
    double[] sorted = cells.values().clone();
    Arrays.sort(sorted);
    BinEncoder encoder = fitted(new QuantileBins(20), cells);
    assertEquals(Quantiles.RELATIVE_ERROR, encoder.statistics().quantiles().relativeError());
    assertEquals(19, encoder.edges().size());
    for (int i = 0; i < 19; i++) {
      within(sorted, (i + 1) / 20.0, encoder.edges().get(i));
    }
    RobustScale scale = new RobustScale();
    within(sorted, 0.5, scale.center(ColumnStatistics.with(moments(cells), quantiles(cells))));
    double low = sorted[(MANY - 1) / 4];
    double high = sorted[3 * (MANY - 1) / 4 + 1];
    assertEquals(
        high - low,
        scale.scale(ColumnStatistics.with(moments(cells), quantiles(cells))),
        2 * Quantiles.RELATIVE_ERROR * (high + low));
    int[] rows = new int[encoder.cardinality()];
    for (int index : encoder.indices(cells)) {
      rows[index]++;
    }
    for (int bin = Vocabulary.FIRST; bin < rows.length; bin++) {
      assertEquals(MANY / 20.0, rows[bin], MANY / 20.0 * 0.05);
    }
  }

  /** One rank either way, for a share may fall a trace beside it. */
  private static void within(double[] sorted, double share, double found) {
    int rank = (int) Math.floor((sorted.length - 1) * share);
    double least = sorted[Math.max(0, rank - 1)] * (1 - Quantiles.RELATIVE_ERROR);
    double most = sorted[Math.min(sorted.length - 1, rank + 2)] * (1 + Quantiles.RELATIVE_ERROR);
    assertTrue(least <= found && found <= most, () -> found + " at " + share);
  }

  @Test
  void outliersMoveNeitherCenterNorScale() {
    DoubleColumn calm = DoubleColumn.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    DoubleColumn wild = DoubleColumn.of(-1e300, 2, 3, 4, 5, 6, 7, 8, 1e300);
    RobustScale scale = new RobustScale();
    for (DoubleColumn cells : List.of(calm, wild)) {
      assertEquals(5.0, scale.center(ColumnStatistics.with(moments(cells), quantiles(cells))));
      assertEquals(4.0, scale.scale(ColumnStatistics.with(moments(cells), quantiles(cells))));
    }
  }

  @Test
  void aColumnWhoseQuantilesAreEqualIsOnlyCentered() {
    for (DoubleColumn cells :
        List.of(DoubleColumn.of(4), DoubleColumn.of(4, 4, 4), DoubleColumn.of(4, 4, 4, 4, 90))) {
      assertEquals(
          4.0, new RobustScale().center(ColumnStatistics.with(moments(cells), quantiles(cells))));
      assertEquals(
          1.0, new RobustScale().scale(ColumnStatistics.with(moments(cells), quantiles(cells))));
    }
  }

  @Test
  void theScaleIsFiniteWhereTheRangeOverflows() {
    DoubleColumn cells = DoubleColumn.of(-1.5e308, -1.5e308, 1.5e308, 1.5e308);
    assertEquals(
        Double.MAX_VALUE,
        new RobustScale().scale(ColumnStatistics.with(moments(cells), quantiles(cells))));
  }

  @Test
  void edgesThatFallTogetherCountOnceAndNoBinOfTrainIsEmpty() {
    BinEncoder rain = fitted(new QuantileBins(4), LongColumn.of(0, 0, 0, 0, 0, 0, 3, 9));
    assertEquals(List.of(0.75), rain.edges());
    assertEquals(2, rain.bins());
    assertEquals(4, rain.cardinality());
    assertArrayEquals(new int[] {2, 2, 3, 3, 2}, rain.indices(LongColumn.of(-5, 0, 1, 100, 0)));
    BinEncoder constant = fitted(new QuantileBins(10), LongColumn.of(7, 7, 7));
    assertEquals(List.of(), constant.edges());
    assertArrayEquals(new int[] {2, 2, 2}, constant.indices(LongColumn.of(6, 7, 8)));
  }

  @Test
  void anEdgeBelongsToTheBinAboveItAndZeroHasNoSign() {
    BinEncoder encoder = fitted(new QuantileBins(2), DoubleColumn.of(-1, -0.0, 1));
    assertEquals(List.of(0.0), encoder.edges());
    assertArrayEquals(
        new int[] {3, 3, 2, 3},
        encoder.indices(DoubleColumn.of(0.0, -0.0, -Double.MIN_VALUE, 1e308)));
  }

  @Test
  void nullIsABinOfItsOwnAndNothingIsUnknown() {
    Random random = new Random(33);
    DoubleColumn cells = column(2000, random, 0.3, random::nextGaussian);
    int[] indices = fitted(new QuantileBins(5), cells).indices(cells);
    for (int row = 0; row < indices.length; row++) {
      assertEquals(cells.isNull(row), indices[row] == Vocabulary.NULL);
      assertTrue(indices[row] != Vocabulary.UNKNOWN && indices[row] < Vocabulary.FIRST + 5);
    }
  }

  @Test
  void integersAndDoublesOfOneValueFallIntoOneBin() {
    long[] integers = new Random(34).longs(500, -50, 50).toArray();
    double[] doubles = Arrays.stream(integers).asDoubleStream().toArray();
    BinEncoder ofLongs = fitted(new QuantileBins(6), LongColumn.of(integers));
    BinEncoder ofDoubles = fitted(new QuantileBins(6), DoubleColumn.of(doubles));
    assertEquals(ofLongs.edges(), ofDoubles.edges());
    assertEquals(
        ofLongs.encode(LongColumn.of(integers)), ofDoubles.encode(DoubleColumn.of(doubles)));
  }

  @Test
  void textHasNoBins() {
    assertEquals(
        "Cannot encode column 'X': it must hold numbers (string)",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    fitted(new QuantileBins(2), LongColumn.of(1, 2)).indices(StringColumn.of("1")))
            .getMessage());
  }

  private static BinEncoder fitted(QuantileBins step, Column train) {
    NumericSummary summary =
        NumericSummary.of(ColumnStatistics.with(moments(train), quantiles(train)));
    return new BinEncoder(
        "X", List.of(step), step.edges(moments(train), quantiles(train)), summary);
  }

  private static Moments moments(Column cells) {
    Moments moments = new Moments();
    moments.add(cells);
    return moments;
  }

  private static Quantiles quantiles(Column cells) {
    Quantiles quantiles = new Quantiles();
    quantiles.add(cells);
    return quantiles;
  }

  private static DoubleColumn column(int rows, Random random, double nulls, DoubleSupplier cells) {
    DoubleAppender appender = new DoubleAppender();
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() < nulls) {
        appender.appendNull();
      } else {
        appender.append(cells.getAsDouble());
      }
    }
    return (DoubleColumn) appender.build();
  }

  private static void insert(Connection connection, DoubleColumn cells) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE cells (i INTEGER, x DOUBLE)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO cells VALUES (?, ?)")) {
      for (int row = 0; row < cells.rows(); row++) {
        insert.setInt(1, row);
        insert.setObject(2, cells.isNull(row) ? null : cells.values()[row]);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void close(double expected, double actual) {
    assertEquals(expected, actual, Math.abs(expected) * RELATIVE);
  }
}
