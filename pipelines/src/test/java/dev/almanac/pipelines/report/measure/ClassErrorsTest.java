package dev.almanac.pipelines.report.measure;

import static dev.almanac.pipelines.report.measure.DuckDb.count;
import static dev.almanac.pipelines.report.measure.DuckDb.number;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.pipelines.report.RunFixture;
import dev.almanac.pipelines.report.StationRows;
import dev.almanac.training.run.Run;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page shows of predicted classes, beside what DuckDB finds in the same files. */
class ClassErrorsTest {
  private static final List<String> TWO = List.of("dry", "rain");
  private static final List<String> FIVE = List.of("drizzle", "fog", "rain", "snow", "sun");

  @TempDir static Path folder;
  private static RunFixture two;
  private static RunFixture five;

  @BeforeAll
  static void write() throws IOException {
    two = write("two", TWO);
    five = write("five", FIVE);
  }

  private static RunFixture write(String name, List<String> classes) throws IOException {
    RunFixture fixture = new RunFixture(folder.resolve(name).toString());
    fixture.write(
        WeatherRows.classes(
            StationRows.names(8), classes, LocalDate.of(2015, 1, 1), LocalDate.of(2015, 9, 1)));
    return fixture;
  }

  private static ClassErrors measure(RunFixture fixture) throws IOException {
    Run run = Run.open(fixture.runFolder());
    return ClassErrors.measure(
        PredictionFiles.of(run, Split.TEST),
        run.record().columns().label(),
        KeptColumns.of(run.record().columns(), "DATE"));
  }

  private static String from(RunFixture fixture) {
    return " from read_parquet('%s') ".formatted(fixture.predictionGlob());
  }

  @Test
  void confusionMatrixHoldsWhatDuckDbCounts() throws Exception {
    confusionMatrixIsDuckDbs(two, TWO);
    confusionMatrixIsDuckDbs(five, FIVE);
  }

  private static void confusionMatrixIsDuckDbs(RunFixture fixture, List<String> classes)
      throws IOException, SQLException {
    Map<List<Object>, Long> expected = new HashMap<>();
    for (List<Object> row :
        DuckDb.query(
            "select weather, \"predicted-class\", count(*)" + from(fixture) + "group by 1, 2")) {
      expected.put(row.subList(0, 2), count(row.get(2)));
    }
    ConfusionMatrix matrix = measure(fixture).confusion();
    for (String actual : classes) {
      for (String predicted : classes) {
        assertEquals(
            expected.getOrDefault(List.of(actual, predicted), 0L),
            matrix.count(classes.indexOf(actual), classes.indexOf(predicted)));
      }
    }
  }

  @Test
  void calibrationOfTwoClassesIsDuckDbs() throws Exception {
    calibrationIs(
        DuckDb.query(
            "select least(9, floor(probability * 10))::int, count(*), avg(probability), avg((weather = 'rain')::int)"
                + from(two)
                + "group by 1 order by 1"),
        measure(two).calibration());
  }

  @Test
  void calibrationOfMoreClassesIsOfTheClassPredicted() throws Exception {
    calibrationIs(
        DuckDb.query(
            """
            with sure as (
              select greatest("probability-drizzle", "probability-fog", "probability-rain",
                              "probability-snow", "probability-sun") as p,
                     (weather = "predicted-class")::int as hit
            """
                + from(five)
                + ") select least(9, floor(p * 10))::int, count(*), avg(p), avg(hit) from sure group by 1 order by 1"),
        measure(five).calibration());
  }

  private static void calibrationIs(List<List<Object>> expected, Calibration calibration) {
    long rows = 0;
    double distance = 0;
    for (List<Object> row : expected) {
      int bin = (int) count(row.get(0));
      assertEquals(count(row.get(1)), calibration.rows(bin));
      assertEquals(number(row.get(2)), calibration.predicted(bin), 1e-12);
      assertEquals(number(row.get(3)), calibration.observed(bin), 1e-12);
      rows += count(row.get(1));
      distance += count(row.get(1)) * Math.abs(number(row.get(2)) - number(row.get(3)));
    }
    assertEquals(distance / rows, calibration.error(), 1e-12);
  }

  @Test
  void errorRateAndBiasOfEveryStationAreDuckDbs() throws Exception {
    List<List<Object>> expected =
        DuckDb.query(
            """
            select "keep.STATION", avg((weather <> "predicted-class")::int),
                   avg(probability) - avg((weather = 'rain')::int),
                   avg((weather <> "linear-predicted-class")::int)
            """
                + from(two)
                + "group by 1 order by 2 desc, 1");
    List<ErrorByGroup.Group> groups = measure(two).slices().byGroup().get(0).worstFirst();
    assertEquals(expected.size(), groups.size());
    for (int i = 0; i < groups.size(); i++) {
      assertEquals(expected.get(i).get(0), groups.get(i).name());
      assertEquals(number(expected.get(i).get(1)), groups.get(i).errors().meanSize(), 1e-12);
      assertEquals(number(expected.get(i).get(2)), groups.get(i).errors().meanSigned(), 1e-12);
      assertEquals(number(expected.get(i).get(3)), groups.get(i).errors().meanLinear(), 1e-12);
    }
  }

  @Test
  void probabilitiesByClassAddUpToTheClasses() throws Exception {
    ClassErrors errors = measure(two);
    assertEquals(
        errors.confusion().actual(1), Arrays.stream(errors.probabilitiesOfYes().counts()).sum());
    assertEquals(
        errors.confusion().actual(0), Arrays.stream(errors.probabilitiesOfNo().counts()).sum());
  }

  @Test
  void manyClassesAreJoinedWithoutLosingARow() throws Exception {
    ConfusionMatrix matrix = measure(five).confusion();
    ConfusionMatrix smaller = matrix.largest(3);
    assertEquals(3, smaller.classes().size());
    assertEquals(ConfusionMatrix.OTHERS, smaller.classes().get(2));
    assertEquals(total(matrix), total(smaller));
  }

  private static long total(ConfusionMatrix matrix) {
    long sum = 0;
    for (int i = 0; i < matrix.classes().size(); i++) {
      sum += matrix.actual(i);
    }
    return sum;
  }
}
