package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every engine must do with the generated sample, however many workers it has: the same rows
 * in every split, the same transform and the same parquet files to the byte, and predictions that
 * equal evaluate's.
 */
public abstract class RunnerContract {
  @TempDir Path folder;

  /** The engine's name on the command line. */
  protected abstract String runner();

  /** What stands behind {@code --} for so many workers. */
  protected abstract List<String> workers(int number);

  @ParameterizedTest
  @ValueSource(strings = {"shuffled", "source"})
  void theSampleBecomesTheExpectedBytesWithAnyNumberOfWorkers(String order) throws IOException {
    Set<String> hashes = new HashSet<>();
    for (int number : new int[] {1, 2, 8}) {
      hashes.add(sample().assertExpectedBytes(order, "uncompressed", workers(number)));
    }
    assertEquals(1, hashes.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "tr-TR", "th-TH-u-nu-thai"})
  void theLocaleOfTheMachineChangesNoByte(String locale) throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      sample().assertExpectedBytes("shuffled", "uncompressed", workers(1));
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4_raw", "snappy", "zstd"})
  void pagesAreCompressedToTheExpectedBytes(String codec) throws IOException {
    sample().assertExpectedBytes("shuffled", codec, workers(2));
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
                Sample.SOURCE + "/*",
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
    Files.copy(Sample.SOURCE.resolve("USC00364891.csv"), bad);
    long bytes = Files.size(bad);
    long lines;
    try (Stream<String> text = Files.lines(bad)) {
      lines = text.count();
    }
    Files.writeString(bad, "half a row\n", StandardOpenOption.APPEND);
    String error =
        sample()
            .refused(
                "prepare", List.of("--set", "source.files=[\"%s\"]".formatted(bad)), List.of());
    assertEquals(
        """
        Cannot prepare: 1 of the %d rows read cannot be parsed, and the config allows no more than rejects.max-rows: 0
          %s, line %d (byte %d): ragged-row: half a row
        Correct the files or the schema, or allow more under rejects: {max-rows: N} or {max-share: 0.01}; such rows are then kept in rejects/ with their place and reason"""
            .formatted(lines, bad, lines + 1, bytes),
        error);
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

  private Sample sample() {
    return new Sample(runner(), folder);
  }

  private JsonNode run(String command, String... options) throws IOException {
    return sample().run(command, List.of(options), List.of());
  }
}
