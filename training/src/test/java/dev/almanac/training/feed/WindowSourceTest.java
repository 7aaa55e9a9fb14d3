package dev.almanac.training.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.Journal;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that a device mixes are those that the reader mixes, in the same order. */
class WindowSourceTest {
  @TempDir Path folder;
  private Dataset dataset;
  private DatasetColumns columns;

  @BeforeEach
  void make() throws IOException {
    dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    columns = dataset.manifest().columns();
  }

  private static TrainConfig config(int batchSize, int mixed) {
    return Problem.changed(
        Problem.config(Task.REGRESSION, "{\"hidden\": [12, 6], \"dropout\": 0.3}", "adam", 0.01, 2),
        "{\"batch-size\": %d, \"mixed-row-groups\": %d}".formatted(batchSize, mixed));
  }

  @ParameterizedTest
  @CsvSource({"50, 2", "37, 1", "64, 8", "100000, 2"})
  void theWeightsAreTheSameToTheBit(int batchSize, int mixed) throws IOException {
    TrainConfig config = config(batchSize, mixed);
    try (DatasetSource here = DatasetSource.train(dataset, config);
        WindowSource there = WindowSource.train(dataset, config)) {
      assertEquals(here.rows(), there.rows());
      assertEquals(here.steps(), there.steps());
      float[] expected = weights(config, here);
      float[] found = weights(config, there);
      if (Problem.COMPUTE.isHere()) {
        assertArrayEquals(expected, found);
      } else {
        // A GPU adds up in an order of its own.
        assertArrayEquals(expected, found, 1e-3f);
      }
      assertEquals(here.shuffleQuality().rowGroup(), there.shuffleQuality().rowGroup());
      assertEquals(here.shuffleQuality().batches(), there.shuffleQuality().batches());
      assertEquals(here.shuffleQuality().categories(), there.shuffleQuality().categories());
    }
  }

  private float[] weights(TrainConfig config, BatchSource rows) throws IOException {
    return Problem.loop(config, columns).run(rows, null, Journal.silent()).model().weights();
  }

  /** A batch larger than a window takes rows of several. */
  @ParameterizedTest
  @CsvSource({"50, 2", "37, 1", "1, 8", "100000, 1"})
  void everyBatchFromAnyOnIsTheSame(int batchSize, int mixed) throws IOException {
    TrainConfig config = config(batchSize, mixed);
    try (DatasetSource here = DatasetSource.train(dataset, config);
        WindowSource there = WindowSource.train(dataset, config)) {
      for (long from : List.of(0L, 1L, here.steps() / 2, here.steps() - 1, here.steps())) {
        try (BatchSource.Pass expected = here.pass(1, from);
            BatchSource.Pass found = there.pass(1, from)) {
          for (BatchSource.Rows want = expected.next(); want != null; want = expected.next()) {
            try (BatchSource.Rows rows = want;
                BatchSource.Rows got = found.next()) {
              assertEquals(rows.count(), got.count());
              assertEquals(rows.numeric(), got.numeric());
              assertEquals(rows.categories(), got.categories());
              assertEquals(rows.labels(), got.labels());
            }
          }
          assertNull(found.next());
        }
      }
    }
  }

  @Test
  void aDamagedFileIsNamedAndTheReaderStillCloses() throws IOException {
    Path file = Path.of(dataset.path(dataset.manifest().files(Split.TRAIN).get(0)));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 1;
    var time = Files.getLastModifiedTime(file);
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
    try (WindowSource source = WindowSource.train(dataset, config(50, 8));
        BatchSource.Pass pass = source.pass(0, 0)) {
      IOException error = assertThrows(IOException.class, pass::next);
      assertTrue(error.getMessage().contains(file.getFileName().toString()), error.getMessage());
    }
  }
}
