package dev.almanac.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.EncodedRows;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.train.Training;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  @TempDir Path folder;

  private Run evaluated(Dataset dataset, Task task) throws IOException {
    TrainConfig config = Problem.config(task, "{\"hidden\": [16]}", "adam", 0.01, 4);
    Run run = Training.run(dataset, config, RunContext.of(folder.resolve("runs").toString()));
    return Evaluation.run(run, dataset, Split.TEST, ProgressListener.NONE);
  }

  private static double[] query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      double[] values = new double[result.getMetaData().getColumnCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = result.getDouble(i + 1);
      }
      return values;
    }
  }

  private static String predictions(Run run) {
    return "'" + run.path(Run.PREDICTIONS, "test") + "/*.parquet'";
  }

  @Test
  void thePredictionsOnDiskHaveTheMetricsOfTheRecord() throws IOException, SQLException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    Run run = evaluated(dataset, Task.REGRESSION);
    double[] oracle =
        query(
            "select count(*), avg(abs(prediction - y)), sqrt(avg((prediction - y) ** 2)), 1 - sum((prediction - y) ** 2) / (count(*) * var_pop(y::double)) from "
                + predictions(run));
    Map<String, Double> metrics = run.record().metrics().get("test");
    assertEquals(1201, oracle[0]);
    assertEquals(oracle[1], metrics.get("mae"), 1e-12);
    assertEquals(oracle[2], metrics.get("rmse"), 1e-12);
    assertEquals(oracle[3], metrics.get("r2"), 1e-12);
    assertEquals(run, Run.open(run.folder()));
  }

  @Test
  void theLinearBaselinesPredictionsAreBesideTheRunsOwn() throws IOException, SQLException {
    Run numbers =
        evaluated(
            Weather.dataset(folder.resolve("numbers"), Weather.LABELS_AS_THEY_ARE),
            Task.REGRESSION);
    double[] mae =
        query("select avg(abs(\"linear-prediction\" - y::double)) from " + predictions(numbers));
    assertEquals(mae[0], linear(numbers).get("mae"), 1e-12);
    for (String[] classes : new String[][] {{"cold", "hot"}, {"cold", "fine", "hot"}}) {
      Run run =
          evaluated(
              Weather.classes(folder.resolve("classes" + classes.length), classes),
              classes.length == 2 ? Task.BINARY : Task.MULTICLASS);
      double[] accuracy =
          query("select avg((\"linear-predicted-class\" = y)::int) from " + predictions(run));
      assertEquals(accuracy[0], linear(run).get("accuracy"), 1e-12);
    }
  }

  private static Map<String, Double> linear(Run run) {
    return run.record().baselines().get("test").get("linear").metrics();
  }

  @Test
  void eachFileOfTheSplitHasAFileOfPredictionsRowForRow() throws IOException, SQLException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    Run run = evaluated(dataset, Task.REGRESSION);
    for (var file : dataset.manifest().files(Split.TEST)) {
      String from = dataset.path(file);
      String to = run.path(Run.PREDICTIONS, file.path());
      double[] differing =
          query(
              """
              select count(*), count(*) filter (where a.place is distinct from b.place
                or a.day <> b.day or a.y <> b.y)
              from read_parquet('%s', file_row_number = true) a
              full join read_parquet('%s', file_row_number = true) b using (file_row_number)
              """
                  .formatted(from, to));
      assertEquals(file.rows(), differing[0]);
      assertEquals(0, differing[1]);
    }
  }

  @Test
  void theLinearBaselineIsDuckDbsRegressionOnOneFeature() throws SQLException {
    var columns = Problem.columns(1, List.of(), Problem.number(103.75, 1));
    var fit = new LeastSquaresBaseline.Fit(columns);
    float[][] x = new float[1][500];
    float[] y = new float[500];
    StringBuilder rows = new StringBuilder();
    var random = new SplittableRandom(2);
    for (int i = 0; i < 500; i++) {
      x[0][i] = (float) (3 + random.nextGaussian());
      y[i] = (float) (100 + 5 * x[0][i] + random.nextGaussian());
      rows.append(i == 0 ? "" : ", ").append("(%s, %s)".formatted(x[0][i], y[i]));
    }
    fit.add(new EncodedRows(x, new int[0][], 500), y);
    double[] line =
        query(
            "select regr_intercept(y, x), regr_slope(y, x) from (values %s) t(x, y)"
                .formatted(rows));
    var two =
        ColumnBatch.of(
            TableSchema.of(Field.required("x0", ColumnType.FLOAT32)),
            new FloatColumn(new float[] {0, 10}));
    double[] predicted = fit.fitted().predict(two);
    assertEquals(line[0], predicted[0], 1e-3);
    assertEquals(line[0] + 10 * line[1], predicted[1], 1e-3);
  }

  @Test
  void theBaselinesAreFittedOnTheTrainSplitAlone() throws IOException, SQLException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    Run run = evaluated(dataset, Task.REGRESSION);
    Map<String, RunOutcome.Baseline> baselines = run.record().baselines().get("test");
    double mean =
        query("select avg(y::double) from '%s/train/*.parquet'".formatted(dataset.folder()))[0];
    double[] error =
        query(
            "select avg(abs(y::double - %s)) from '%s/test/*.parquet'"
                .formatted(mean, dataset.folder()));
    assertEquals(error[0], baselines.get("training-mean").metrics().get("mae"), 1e-9);
    // Labels are a sum of the features and noise of deviation 1: a linear model can do no better.
    assertEquals(1.0, baselines.get("linear").metrics().get("rmse"), 0.05);
    assertTrue(baselines.get("linear").description().contains("2 numeric features and 1 nominal"));
  }

  @Test
  void twoClassesAreMeasuredBesideTheMajorityAndALogisticModel() throws IOException, SQLException {
    Dataset dataset = Weather.classes(folder.resolve("dataset"), "cold", "hot");
    Run run = evaluated(dataset, Task.BINARY);
    Map<String, Double> metrics = run.record().metrics().get("test");
    double[] oracle =
        query(
            "select avg((\"predicted-class\" = y)::int), avg(-ln(case when y = 'hot' then probability else 1 - probability end)), avg((\"predicted-class\" = case when probability >= 0.5 then 'hot' else 'cold' end)::int) from "
                + predictions(run));
    assertEquals(oracle[0], metrics.get("accuracy"), 1e-12);
    assertEquals(oracle[1], metrics.get("log-loss"), 1e-12);
    assertEquals(1.0, oracle[2]);
    Map<String, RunOutcome.Baseline> baselines = run.record().baselines().get("test");
    double[] hot = query("select avg(y) from '%s/train/*.parquet'".formatted(dataset.folder()));
    double[] majority =
        query(
            "select avg((y = %d)::int) from '%s/test/*.parquet'"
                .formatted(hot[0] >= 0.5 ? 1 : 0, dataset.folder()));
    Map<String, Double> prior = baselines.get("majority-class").metrics();
    assertEquals(majority[0], prior.get("accuracy"), 1e-12);
    assertEquals(0.5, prior.get("auc"));
    Map<String, Double> linear = baselines.get("linear").metrics();
    assertTrue(linear.get("log-loss") < prior.get("log-loss") / 2, linear.toString());
    assertTrue(linear.get("auc") > 0.95, linear.toString());
  }

  @Test
  void moreClassesHaveAProbabilityEach() throws IOException, SQLException {
    Dataset dataset = Weather.classes(folder.resolve("dataset"), "cold", "fine", "hot");
    Run run = evaluated(dataset, Task.MULTICLASS);
    double[] oracle =
        query(
            """
            select avg(("predicted-class" = y)::int),
              max(abs("probability-cold" + "probability-fine" + "probability-hot" - 1)),
              avg(-ln(case y when 'cold' then "probability-cold" when 'fine'
                then "probability-fine" else "probability-hot" end)) from\s"""
                + predictions(run));
    Map<String, Double> metrics = run.record().metrics().get("test");
    assertEquals(oracle[0], metrics.get("accuracy"), 1e-12);
    assertEquals(0, oracle[1], 1e-12);
    assertEquals(oracle[2], metrics.get("log-loss"), 1e-12);
    assertTrue(metrics.get("accuracy") > 0.7, metrics.toString());
    assertTrue(
        run.record().baselines().get("test").get("linear").metrics().get("accuracy") > 0.7,
        run.record().toString());
  }

  @Test
  void evaluatingAgainGivesTheSameFilesAndRecord() throws IOException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    Run run = evaluated(dataset, Task.REGRESSION);
    Path part = Path.of(run.path(Run.PREDICTIONS, "test", "part-00000-of-99999.parquet"));
    byte[] first = Files.readAllBytes(part);
    Run again = Evaluation.run(run, dataset, Split.TEST, ProgressListener.NONE);
    assertEquals(run, again);
    assertArrayEquals(first, Files.readAllBytes(part));
  }

  @Test
  void aDatasetOfAnotherTransformIsRefused() throws IOException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    Run run = evaluated(dataset, Task.REGRESSION);
    Dataset other = Weather.classes(folder.resolve("other"), "cold", "hot");
    var error =
        assertThrows(
            IOException.class, () -> Evaluation.run(run, other, Split.TEST, ProgressListener.NONE));
    assertTrue(error.getMessage().contains("encoded by another transform"), error.getMessage());
  }

  @Test
  void aSplitWithoutRowsIsRefused() throws IOException {
    Dataset dataset = Weather.withoutValidation(folder.resolve("dataset"));
    Run run = evaluated(dataset, Task.REGRESSION);
    var error =
        assertThrows(
            IOException.class,
            () -> Evaluation.run(run, dataset, Split.VALIDATION, ProgressListener.NONE));
    assertTrue(error.getMessage().contains("it has no rows"), error.getMessage());
  }
}
