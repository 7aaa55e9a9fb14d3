package dev.almanac.pipelines.report.measure;

import static dev.almanac.pipelines.report.measure.DuckDb.count;
import static dev.almanac.pipelines.report.measure.DuckDb.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.report.RunFixture;
import dev.almanac.pipelines.report.StationRows;
import dev.almanac.training.run.Run;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Gather;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page shows of a predicted number, beside what DuckDB finds in the same files. */
class NumberErrorsTest {
  private static final double RELATIVE = 1e-9;

  @TempDir static Path folder;
  private static RunFixture.Contents contents;
  private static RunFixture fixture;
  private static NumberErrors errors;

  @BeforeAll
  static void measure() throws IOException {
    contents =
        StationRows.temperatures(
            StationRows.names(40, "it's \"one\"", "</script><b>"),
            LocalDate.of(2015, 1, 20),
            LocalDate.of(2017, 3, 5));
    fixture = new RunFixture(folder.resolve("one").toString());
    fixture.write(contents);
    errors = measure(fixture);
  }

  private static NumberErrors measure(RunFixture of) throws IOException {
    Run run = Run.open(of.runFolder());
    return NumberErrors.measure(
        PredictionFiles.of(run, Split.TEST),
        "TMAX",
        KeptColumns.of(run.record().columns(), "DATE"));
  }

  private static List<List<Object>> query(String sql) throws SQLException {
    return DuckDb.query(
        """
        with errors as (
          select "keep.STATION" as station, "keep.DATE" as day, "TMAX"::double as label, prediction,
                 prediction - "TMAX"::double as error
          from read_parquet('%s'))
        """
                .formatted(fixture.predictionGlob())
            + sql);
  }

  private static void assertSame(List<Object> expected, ErrorTotals actual) {
    assertEquals(count(expected.get(1)), actual.rows());
    assertEquals(number(expected.get(2)), actual.meanSize(), RELATIVE * actual.meanSize());
    assertEquals(number(expected.get(3)), actual.meanSigned(), RELATIVE * actual.meanSize());
    assertEquals(number(expected.get(4)), actual.rootMeanSquare(), RELATIVE * actual.meanSize());
  }

  private static final String MEANS =
      "count(*), avg(abs(error)), avg(error), sqrt(avg(error * error))";

  @Test
  void allRowsTogetherHaveDuckDbsMeansAndTheRunsMetrics() throws SQLException {
    ErrorTotals all = errors.slices().all();
    assertSame(query("select 0, " + MEANS + " from errors").get(0), all);
    assertEquals(contents.metrics().get("mae"), all.meanSize(), 1e-9);
    assertEquals(contents.metrics().get("rmse"), all.rootMeanSquare(), 1e-9);
  }

  @Test
  void everyMonthOfTheYearHasDuckDbsMeans() throws SQLException {
    List<List<Object>> expected =
        query("select month(day), " + MEANS + " from errors group by 1 order by 1");
    assertEquals(12, expected.size());
    for (int month = 0; month < 12; month++) {
      assertSame(expected.get(month), errors.slices().byMonth().months().get(month));
    }
  }

  @Test
  void everyMonthOfTheSplitHasDuckDbsMeans() throws SQLException {
    List<List<Object>> expected =
        query("select strftime(day, '%Y-%m'), " + MEANS + " from errors group by 1 order by 1");
    List<ErrorOverTime.Point> points = errors.slices().overTime().points();
    assertEquals(Period.MONTH, errors.slices().overTime().period());
    assertEquals(
        expected.stream().map(row -> row.get(0)).toList(),
        points.stream().map(point -> (Object) point.label()).toList());
    for (int i = 0; i < points.size(); i++) {
      assertSame(expected.get(i), points.get(i).errors());
    }
  }

  @Test
  void everyStationHasDuckDbsMeansAndRank() throws SQLException {
    List<List<Object>> expected =
        query("select station, " + MEANS + " from errors group by 1 order by 3 desc, 1");
    List<ErrorByGroup.Group> groups = errors.slices().byGroup().get(0).worstFirst();
    assertEquals(
        expected.stream().map(row -> row.get(0)).toList(),
        groups.stream().map(group -> (Object) group.name()).toList());
    for (int i = 0; i < groups.size(); i++) {
      assertSame(expected.get(i), groups.get(i).errors());
    }
  }

  @Test
  void everyStationHasTheLinearBaselinesErrorToo() throws SQLException {
    Map<Object, Double> expected = new HashMap<>();
    for (List<Object> row :
        DuckDb.query(
            "select \"keep.STATION\", avg(abs(\"linear-prediction\" - \"TMAX\"::double)) from read_parquet('%s') group by 1"
                .formatted(fixture.predictionGlob()))) {
      expected.put(row.get(0), number(row.get(1)));
    }
    for (ErrorByGroup.Group group : errors.slices().byGroup().get(0).worstFirst()) {
      assertEquals(expected.get(group.name()), group.errors().meanLinear(), 1e-9);
    }
  }

  @Test
  void residualBinsHoldWhatDuckDbCounts() throws SQLException {
    Histogram residuals = errors.residuals();
    Map<Long, Long> expected = counts(residuals.bins(), "error");
    long seen = residuals.below() + residuals.above();
    for (int bin = 0; bin < residuals.bins().count(); bin++) {
      assertEquals(expected.getOrDefault((long) bin, 0L), residuals.counts()[bin], "bin " + bin);
      seen += residuals.counts()[bin];
    }
    assertEquals(errors.rows(), seen);
    assertTrue(residuals.below() + residuals.above() <= errors.rows() / 50);
  }

  private static Map<Long, Long> counts(Bins bins, String value) throws SQLException {
    Map<Long, Long> counts = new HashMap<>();
    for (List<Object> row :
        query("select %s, count(*) from errors group by 1".formatted(bin(bins, value)))) {
      counts.put(count(row.get(0)), count(row.get(1)));
    }
    return counts;
  }

  private static String bin(Bins bins, String value) {
    return String.format(
        Locale.ROOT, "floor((%s - (%s)) / %s)::bigint", value, bins.low(), bins.width());
  }

  @Test
  void densitySquaresHoldWhatDuckDbCounts() throws SQLException {
    DensityGrid grid = errors.density();
    Map<List<Long>, Long> expected = new HashMap<>();
    for (List<Object> row :
        query(
            "select %s, %s, count(*) from errors group by 1, 2"
                .formatted(bin(grid.bins(), "label"), bin(grid.bins(), "prediction")))) {
      expected.put(List.of(count(row.get(0)), count(row.get(1))), count(row.get(2)));
    }
    long seen = grid.outside();
    for (int across = 0; across < grid.bins().count(); across++) {
      for (int up = 0; up < grid.bins().count(); up++) {
        long wanted = expected.getOrDefault(List.of((long) across, (long) up), 0L);
        assertEquals(wanted, grid.count(across, up), across + ", " + up);
        seen += wanted;
      }
    }
    assertEquals(errors.rows(), seen);
  }

  @Test
  void quantilesOfTheAbsoluteErrorAreDuckDbs() throws SQLException {
    List<Object> expected =
        query(
                "select quantile_cont(abs(error), 0.5), quantile_cont(abs(error), 0.9), max(abs(error)) from errors")
            .get(0);
    assertEquals(
        number(expected.get(0)), errors.absoluteError(0.5), 2e-3 * errors.absoluteError(1));
    assertEquals(
        number(expected.get(1)), errors.absoluteError(0.9), 2e-3 * errors.absoluteError(1));
    assertEquals(number(expected.get(2)), errors.absoluteError(1), 2e-3 * errors.absoluteError(1));
  }

  @Test
  void howRowsAreCutIntoFilesChangesNothing() throws IOException {
    List<ColumnBatch> parts = contents.predictions();
    RunFixture whole = new RunFixture(folder.resolve("whole").toString());
    whole.write(
        new RunFixture.Contents(
            contents.task(),
            contents.transform(),
            List.of(Gather.all(parts.get(0).schema(), parts)),
            contents.metrics(),
            contents.baselines(),
            contents.ledgers()));
    NumberErrors again = measure(whole);
    assertEquals(errors.residuals().bins(), again.residuals().bins());
    assertEquals(errors.density().bins(), again.density().bins());
    assertEquals(errors.slices().all().meanSize(), again.slices().all().meanSize());
    assertEquals(
        errors.slices().byGroup().get(0).worstFirst().stream().map(g -> g.name()).toList(),
        again.slices().byGroup().get(0).worstFirst().stream().map(g -> g.name()).toList());
  }
}
