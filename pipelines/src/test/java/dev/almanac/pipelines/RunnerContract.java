package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Main;
import dev.almanac.transforms.artifact.Dataset;
import dev.almanac.transforms.artifact.DatasetFile;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every engine must do with the generated sample: the same rows in every split, the same
 * transform and the same parquet files to the byte, and predictions that equal evaluate's.
 *
 * <p>{@code testdata/expected/ghcn-sample.json} holds what they must be, whichever engine ran.
 */
public abstract class RunnerContract {
  private static final Path ROOT = Path.of(System.getProperty("almanac.project.root"));
  private static final Path EXPECTED = ROOT.resolve("testdata/expected/ghcn-sample.json");

  @TempDir Path folder;

  /** The engine's name on the command line. */
  protected abstract String runner();

  /** What stands behind {@code --}. */
  protected List<String> beamOptions() {
    return List.of();
  }

  @Test
  void theSampleBecomesTheExpectedBytes() throws IOException {
    Dataset dataset = Dataset.open(run("prepare").get("dataset").textValue());
    Map<String, Object> found = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      found.put(split.text(), dataset.manifest().rows(split));
    }
    byte[] transform = Storage.read(Storage.resolve(dataset.folder(), "transform/transform.json"));
    found.put("transform.json", HexFormat.of().formatHex(Json.digest().digest(transform)));
    for (Split split : Split.values()) {
      for (DatasetFile file : dataset.manifest().files(split)) {
        found.put(file.path(), file.sha256());
      }
    }
    assertEquals(Files.readString(EXPECTED), Json.pretty(found));
  }

  @Test
  void predictionsOfRawRowsEqualEvaluates() throws IOException {
    run("prepare");
    String run = run("train", "--set", "train.epochs=1").get("run").textValue();
    run("evaluate");
    String predicted =
        run(
                "predict",
                "--run",
                run,
                "--input",
                ROOT.resolve("testdata/ghcn-sample") + "/*",
                "--output",
                folder.resolve("predicted").toString())
            .get("predictions")
            .textValue();
    Map<String, Double> raw = predictions(predicted + "/*.parquet");
    Map<String, Double> evaluated = predictions(run + "/predictions/test/*.parquet");
    assertEquals(36_000, raw.size());
    assertEquals(3_566, evaluated.size());
    evaluated.forEach((row, prediction) -> assertEquals(prediction, raw.get(row), 1e-6, row));
  }

  @Test
  void aRowThatCannotBeParsedIsToldTheSameWay() throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Path bad = source.resolve("bad.csv");
    Files.copy(ROOT.resolve("testdata/ghcn-sample/USC00364891.csv"), bad);
    long bytes = Files.size(bad);
    long lines;
    try (Stream<String> text = Files.lines(bad)) {
      lines = text.count();
    }
    Files.writeString(bad, "half a row\n", StandardOpenOption.APPEND);
    Call call = call("prepare", "--set", "source.files=[\"%s\"]".formatted(bad));
    assertEquals(1, call.status());
    assertEquals(
        """
        Cannot prepare: 1 of the %d rows read cannot be parsed, and the config allows no more than rejects.max-rows: 0
          %s, line %d (byte %d): ragged-row: half a row
        Correct the files or the schema, or allow more under rejects: {max-rows: N} or {max-share: 0.01}; such rows are then kept in rejects/ with their place and reason"""
            .formatted(lines, bad, lines + 1, bytes),
        Json.tree(call.out(), "prepare").get("error").textValue());
    assertEquals(List.of(), Storage.below(folder.resolve("datasets").toString()));
  }

  private static Map<String, Double> predictions(String glob) throws IOException {
    Map<String, Double> predictions = new TreeMap<>();
    for (StoredFile file : Storage.match(glob)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(file.path(), 10_000)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          StringColumn station = (StringColumn) batch.column("keep.STATION");
          LongColumn date = (LongColumn) batch.column("keep.DATE");
          DoubleColumn prediction = (DoubleColumn) batch.column("prediction");
          for (int row = 0; row < batch.rows(); row++) {
            predictions.put(
                station.value(row) + " " + date.values()[row], prediction.values()[row]);
          }
        }
      }
    }
    return predictions;
  }

  /** Runs a command on the sample and returns its JSON result. */
  private JsonNode run(String command, String... options) throws IOException {
    Call call = call(command, options);
    assertEquals(0, call.status(), call::err);
    return Json.tree(call.out(), command);
  }

  private record Call(int status, String out, String err) {}

  private Call call(String command, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                ROOT.resolve("testdata/ghcn-sample.yaml").toString(),
                "--runner",
                runner(),
                "--json",
                "--set",
                "output.dataset=" + folder.resolve("datasets"),
                "--set",
                "train.runs=" + folder.resolve("runs")));
    arguments.addAll(List.of(options));
    arguments.add("--");
    arguments.addAll(beamOptions());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(arguments.toArray(String[]::new), new PrintStream(out), new PrintStream(err));
    return new Call(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
