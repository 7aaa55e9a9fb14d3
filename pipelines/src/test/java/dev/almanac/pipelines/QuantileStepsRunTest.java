package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.training.run.Run;
import dev.almanac.training.score.Predictor;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers scaled by quantiles and cut into bins, all the way: prepared, trained on, predicted. */
class QuantileStepsRunTest {
  @TempDir Path folder;

  @Test
  void binsRobustScalesAndIndicatorsReachTheModelAndPredictionsOfRawRows() throws IOException {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>(List.of("day,rain,wind,kind,code,y"));
    LocalDate day = LocalDate.of(2020, 1, 1);
    List<Map<String, String>> rows = new ArrayList<>();
    String quoted = "\"a=\"\"b\"\"\"";
    for (int i = 0; i < 900; i++) {
      String rain = i % 11 == 0 ? "" : Integer.toString(Math.max(0, random.nextInt(90) - 40));
      String wind = i % 13 == 0 ? "" : "%.1f".formatted(Math.exp(random.nextGaussian()));
      String kind = i % 7 == 0 ? "" : List.of("dry", quoted, quoted, "wet", "wet").get(i % 5);
      Map<String, String> cells = new HashMap<>();
      cells.put("day", day.plusDays(i).toString());
      cells.put("rain", rain.isEmpty() ? null : rain);
      cells.put("wind", wind.isEmpty() ? null : wind);
      cells.put("kind", kind.isEmpty() ? null : kind.equals(quoted) ? "a=\"b\"" : kind);
      cells.put("code", Integer.toString(i % 40));
      rows.add(cells);
      lines.add(
          "%s,%s,%s,%s,%s,%.2f"
              .formatted(day.plusDays(i), rain, wind, kind, i % 40, random.nextGaussian()));
    }
    Files.write(folder.resolve("data.csv"), lines);
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        name: weather
        source: {files: [data.csv]}
        columns: {label: y, numeric: [wind], nominal: [rain, kind, code], keep: [day]}
        split:
          column: day
          train: {until: 2021-09-01}
          validation: {from: 2021-09-01, until: 2022-01-01}
          test: {from: 2022-01-01}
        fit:
          numeric: [impute-median: {indicator: true}, robust-scale: {quantile-range: [10, 90]}]
          columns: {rain: [quantile-bins: {bins: 5}], kind: [one-hot: {max-size: 2}], code: [hashed-one-hot: {buckets: 3}]}
        output: {dataset: datasets, row-group-rows: 100, files: 1}
        train: {model: {hidden: [8], embedding: 2}, batch-size: 64, epochs: 1, device: cpu, threads: 1}
        """);
    Dataset dataset = Dataset.open(text(run("prepare", config), "dataset"));
    DatasetColumns columns = dataset.manifest().columns();
    assertEquals(List.of("wind", "wind.missing"), columns.numeric().subList(0, 2));
    assertEquals(
        Set.of("kind=a=\"b\"", "kind=wet", "kind.other", "kind.missing"),
        Set.copyOf(columns.numeric().subList(2, 6)));
    assertEquals(List.of("code#0", "code#1", "code#2"), columns.numeric().subList(6, 9));
    // Nearly half of the rows hold 0, so that two of the four edges are gone.
    assertEquals(List.of(new DatasetColumns.Category("rain", 2 + 3)), columns.nominal());
    String run = text(run("train", config), "run");
    run("evaluate", config);
    String predicted =
        text(
            run("predict", config, "--input", folder + "/data.csv", "--output", folder + "/p"),
            "predictions");
    Map<Long, Double> raw = predictions(predicted + "/*.parquet");
    Map<Long, Double> evaluated = predictions(run + "/predictions/test/*.parquet");
    assertEquals(900, raw.size());
    try (Predictor predictor = Predictor.of(Run.open(run))) {
      for (Map<String, String> cells : rows) {
        double alone = predictor.predict(cells).number();
        assertEquals(raw.get(LocalDate.parse(cells.get("day")).toEpochDay()), alone, 1e-6);
      }
    }
    Path report = Path.of(text(run("report", config), "report"));
    assertTrue(Files.readString(report).contains("hashed-one-hot"));
    assertTrue(evaluated.size() > 100);
    evaluated.forEach((date, prediction) -> assertEquals(prediction, raw.get(date), 1e-6));
  }

  private static Map<Long, Double> predictions(String glob) throws IOException {
    Map<Long, Double> predictions = new TreeMap<>();
    for (StoredFile file : Storage.match(glob)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(file.path(), 1000)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          LongColumn day = (LongColumn) batch.column("keep.day");
          DoubleColumn prediction = (DoubleColumn) batch.column("prediction");
          for (int row = 0; row < batch.rows(); row++) {
            predictions.put(day.values()[row], prediction.values()[row]);
          }
        }
      }
    }
    return predictions;
  }

  private static String text(JsonNode result, String key) {
    return result.get(key).textValue();
  }

  private static JsonNode run(String command, Path config, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command, config.toString(), "--json"));
    arguments.addAll(List.of(options));
    return Call.of(arguments.toArray(String[]::new)).result();
  }
}
