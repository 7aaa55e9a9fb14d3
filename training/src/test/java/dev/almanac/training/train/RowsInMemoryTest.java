package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.RowsInMemory;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.Until;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that stay in memory from one training to the next change no batch. */
class RowsInMemoryTest {
  private static final TrainConfig CONFIG =
      Problem.changed(
          Problem.config(Task.REGRESSION, "{\"hidden\": [8], \"dropout\": 0.2}", "adam", 0.01, 3),
          "{\"batch-size\": 256}");

  @TempDir Path folder;

  private Run train(Dataset dataset, RowsInMemory rows) throws IOException {
    RunContext context =
        RunContext.of(folder.resolve("runs").toString()).withCheck(DatasetCheck.TRUSTED);
    Stretch whole = new Stretch(Until.epoch(Integer.MAX_VALUE), null, rows);
    return Training.run(dataset, CONFIG, context, whole);
  }

  private static void assertSame(Run expected, Run found) throws IOException {
    assertArrayEquals(expected.model().weights(), found.model().weights());
    assertEquals(expected.record().metrics(), found.record().metrics());
  }

  /** Three quarters are the train split's, of 4,500 rows of 16 bytes in groups of 1,000 and 500. */
  @ParameterizedTest
  @CsvSource({"0, 0", "40000, 24000", "80000, 56000", "200000, 72000"})
  void asManyStayAsMayAndAllBatchesAreTheSame(long bytes, long kept) throws IOException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    Run alone = Training.run(dataset, CONFIG, RunContext.of(folder.resolve("runs").toString()));
    RowsInMemory rows = new RowsInMemory(bytes);
    assertSame(alone, train(dataset, rows));
    assertEquals(kept, rows.train(dataset).keptBytes());
    assertSame(alone, train(dataset, rows));
    assertEquals(kept, rows.train(dataset).keptBytes());
  }

  @Test
  void whatStaysIsNotReadAgain() throws IOException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    RowsInMemory rows = new RowsInMemory(1 << 20);
    Run first = train(dataset, rows);
    for (Split split : new Split[] {Split.TRAIN, Split.VALIDATION}) {
      for (var file : dataset.manifest().files(split)) {
        Path path = Path.of(dataset.path(file));
        Files.write(path, new byte[(int) Files.size(path)], StandardOpenOption.WRITE);
      }
    }
    assertSame(first, train(dataset, rows));
  }

  @Test
  void anotherDatasetTakesTheirPlace() throws IOException {
    Dataset one = Weather.dataset(folder.resolve("one"), Weather.LABELS_AS_THEY_ARE);
    Dataset other = Weather.dataset(folder.resolve("other"), Weather.LABELS_SHUFFLED);
    RowsInMemory rows = new RowsInMemory(1 << 20);
    Run first = train(one, rows);
    Run second = train(other, rows);
    assertSame(
        Training.run(other, CONFIG, RunContext.of(folder.resolve("runs").toString())), second);
    assertEquals(72_000, rows.train(other).keptBytes());
    assertSame(first, train(one, rows));
  }
}
