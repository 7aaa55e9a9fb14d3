package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.training.run.Run;
import dev.almanac.training.score.Prediction;
import dev.almanac.training.score.Predictor;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.csv.CsvBatchReader;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.reject.RejectedRowException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single rows beside what `predict` and the batch encoder make of the same rows in a file. */
class PredictorTest {
  private static final String HEADER = "day,station,rain,wind,more,y,kind";
  private static final int ROWS = 900;

  @TempDir static Path folder;

  private static List<Map<String, String>> rows;
  private static Run numbers;
  private static Run classes;

  @BeforeAll
  static void train() throws IOException {
    Random random = new Random(4);
    rows = new ArrayList<>();
    List<String> lines = new ArrayList<>(List.of(HEADER));
    LocalDate day = LocalDate.of(2020, 1, 1);
    for (int i = 0; i < ROWS; i++) {
      List<String> cells =
          List.of(
              day.plusDays(i).toString(),
              i % 17 == 0 ? "NA" : "s" + random.nextInt(i < 600 ? 9 : 12),
              i % 11 == 0 ? "" : Integer.toString(random.nextInt(90)),
              i % 13 == 0 ? " NA " : "%.3f".formatted(Math.exp(3 * random.nextGaussian())),
              "unused",
              "%.2f".formatted(random.nextGaussian()),
              "abc".substring(i % 3, i % 3 + 1));
      lines.add(String.join(",", cells));
      Map<String, String> row = new HashMap<>();
      List<String> names = List.of(HEADER.split(","));
      for (int cell = 0; cell < names.size(); cell++) {
        row.put(names.get(cell), cells.get(cell));
      }
      rows.add(row);
    }
    Files.write(folder.resolve("data.csv"), lines);
    numbers = trained("numbers", "y", "regression");
    classes = trained("classes", "kind", "multiclass");
  }

  private static Run trained(String name, String label, String task) throws IOException {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(
        config,
        """
        source: {files: [data.csv], nulls: ["", NA]}
        columns: {label: %s, numeric: [wind], nominal: [station]}
        features:
          - log1p: {column: rain, into: rain.log}
          - date-parts: {column: day, parts: [month-sin, month-cos]}
        split:
          column: day
          train: {until: 2021-09-01}
          validation: {from: 2021-09-01, until: 2022-01-01}
          test: {from: 2022-01-01}
        fit:
          numeric: [impute-mean: {indicator: true}, standardize, clip: {sd: 3}]
        output: {dataset: datasets-%s, files: 1}
        train: {task: %s, model: {hidden: [16], embedding: 2}, batch-size: 64, epochs: 2, device: cpu, threads: 1, runs: runs}
        """
            .formatted(label, name, task));
    run("prepare", config);
    return Run.open(run("train", config).get("run").textValue());
  }

  @Test
  void aRowAloneIsEncodedToTheBitsOfTheBatchAndPredictedAsPredictDoes() throws IOException {
    double[] filed = predicted(numbers, "numbers");
    FittedTransform transform = FittedTransform.read(numbers.path(Run.TRANSFORM)).withoutLabel();
    ColumnBatch batch = transform.encode(transform.applyFeatures(read(transform)));
    try (Predictor predictor = Predictor.of(numbers)) {
      assertEquals(batch.columns(), predictor.encode(rows).columns());
      List<Prediction> all = predictor.predict(rows);
      for (int row = 0; row < ROWS; row += 7) {
        ColumnBatch alone = predictor.encode(List.of(rows.get(row)));
        assertEquals(batch.take(new int[] {row}).columns(), alone.columns());
        double prediction = predictor.predict(rows.get(row)).number();
        assertEquals(filed[row], prediction, 1e-6);
        assertEquals(filed[row], all.get(row).number(), 1e-6);
      }
    }
  }

  @Test
  void classesComeWithTheirProbabilities() throws IOException {
    String output = predict(classes, "classes");
    try (Predictor predictor = Predictor.of(classes);
        ParquetBatchReader reader = reader(output)) {
      ColumnBatch filed = reader.read();
      List<Prediction> all = predictor.predict(rows);
      for (int row = 0; row < ROWS; row++) {
        Prediction prediction = all.get(row);
        assertEquals(
            ((StringColumn) filed.column("predicted-class")).value(row),
            prediction.predictedClass());
        assertEquals(List.of("a", "b", "c"), List.copyOf(prediction.probabilities().keySet()));
        for (String name : prediction.probabilities().keySet()) {
          assertEquals(
              ((DoubleColumn) filed.column("probability-" + name)).values()[row],
              prediction.probabilities().get(name),
              1e-6);
        }
        assertThrows(IllegalStateException.class, prediction::number);
      }
    }
  }

  @Test
  void rowsMayBePredictedByManyThreads() throws Exception {
    try (Predictor predictor = Predictor.of(numbers)) {
      List<Double> expected = predictor.predict(rows).stream().map(Prediction::number).toList();
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<Double>> found =
            rows.stream()
                .limit(200)
                .map(row -> threads.submit(() -> predictor.predict(row).number()))
                .collect(Collectors.toList());
        for (int row = 0; row < found.size(); row++) {
          assertEquals(expected.get(row), found.get(row).get(), 1e-6);
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  @Test
  void aBadRowIsNamedWithTheReasonOfTheCsvReader() throws IOException {
    try (Predictor predictor = Predictor.of(numbers)) {
      Map<String, String> bad = new HashMap<>(rows.get(1));
      bad.put("wind", "calm");
      RejectedRowException number =
          assertThrows(RejectedRowException.class, () -> predictor.predict(bad));
      assertEquals(RejectReason.NOT_A_NUMBER, number.reason());
      assertEquals(
          "Cannot read row 0: column 'wind' must be double (not-a-number: 'calm')",
          number.getMessage());
      bad.remove("wind");
      predictor.predict(bad);
      double known = predictor.predict(bad).number();
      bad.remove("day");
      assertTrue(known != predictor.predict(bad).number(), "a day that is missing is imputed");
      assertEquals(
          List.of("day", "station", "rain", "wind"),
          predictor.columns().stream().map(column -> column.name()).toList());
    }
  }

  @Test
  void aClosedPredictorSaysSo() throws IOException {
    Predictor predictor = Predictor.of(numbers);
    predictor.close();
    predictor.close();
    assertEquals(
        "Cannot predict: the predictor is closed",
        assertThrows(IllegalStateException.class, () -> predictor.predict(rows.get(0)))
            .getMessage());
    assertTrue(Predictor.class.getPackageName().startsWith("dev.almanac.training"));
  }

  @Test
  void theExampleOfTheDocsPredicts() throws IOException {
    try (Predictor predictor = Predictor.of(numbers)) {
      Map<String, String> row = Map.of("day", "2022-03-01", "station", "s3", "rain", "12");
      assertEquals(predictor.predict(row).number(), example(numbers.folder()), 1e-6);
    }
  }

  private static double example(String run) throws IOException {
    // docs: begin
    try (Predictor predictor = Predictor.of(Run.open(run))) { // a run's folder
      // The cells of a row as a CSV file holds them; a column that is not there is missing.
      Map<String, String> row = Map.of("day", "2022-03-01", "station", "s3", "rain", "12");
      List<Prediction> both = predictor.predict(List.of(row, row)); // many at once: less time a row
      return predictor.predict(row).number(); // in the label's own unit
    }
    // docs: end
  }

  private static ColumnBatch read(FittedTransform transform) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("data.csv"));
        CsvBatchReader reader =
            CsvBatchReader.open(
                in,
                "data.csv",
                transform.inputs(),
                CsvFormat.standard().withNulls(List.of("", "NA")),
                ROWS,
                reject -> {
                  throw new AssertionError(reject);
                })) {
      return reader.next();
    }
  }

  private static double[] predicted(Run run, String name) throws IOException {
    try (ParquetBatchReader reader = reader(predict(run, name))) {
      return ((DoubleColumn) reader.read().column("prediction")).values();
    }
  }

  private static String predict(Run run, String name) throws IOException {
    return run(
            "predict",
            folder.resolve(name + ".yaml"),
            "--run",
            run.folder(),
            "--input",
            folder + "/data.csv",
            "--output",
            folder + "/predictions-" + name)
        .get("predictions")
        .textValue();
  }

  private static ParquetBatchReader reader(String output) throws IOException {
    return ParquetBatchReader.open(Storage.match(output + "/*.parquet").get(0).path(), ROWS);
  }

  private static JsonNode run(String command, Path config, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command, config.toString(), "--json"));
    arguments.addAll(List.of(options));
    return Call.of(arguments.toArray(String[]::new)).result();
  }
}
