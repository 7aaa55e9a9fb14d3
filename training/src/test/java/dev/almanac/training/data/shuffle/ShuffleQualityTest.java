package dev.almanac.training.data.shuffle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.data.Batch;
import dev.almanac.training.data.DatasetFixture;
import dev.almanac.training.data.Epoch;
import dev.almanac.training.data.TrainingReader;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShuffleQualityTest {
  private static final int ROWS = 40_000;
  private static final int GROUP = 1_000;
  private static final int BATCH = 100;

  @TempDir Path folder;

  /** The number of a row is its day and its label: in the order written, everything is sorted. */
  @Test
  void rowsInTheirOwnOrderAndASmallWindowAreWarnedOf() throws IOException {
    ShuffleQuality quality = measure(sorted(), 1, 2);
    assertTrue(quality.labelVariance() > 50, quality.toString());
    assertEquals(1.0 / 40, quality.windowDates(), 1e-3);
    assertEquals("row group", quality.rowGroup().name());
    assertEquals(1.0, quality.rowGroup().same(), 2e-3);
    assertEquals(1.0 / 40, quality.rowGroup().shuffled(), 1e-3);
    assertTrue(neighbours(quality, "kind").same() > 0.9, quality.toString());
    String warning = quality.warning();
    assertTrue(
        warning.startsWith(
            "The rows of a batch are more alike than those of the split: mean labels vary "),
        warning);
    assertTrue(warning.contains("neighbours share 'kind' in "), warning);
    assertTrue(warning.contains("a window spans 2 % of the days"), warning);
    assertTrue(
        warning.endsWith(
            "; prepare the dataset with `output.order: shuffled`, or raise `train.mixed-row-groups`"),
        warning);
  }

  @Test
  void aWindowOverEverythingIsAFullShuffle() throws IOException {
    ShuffleQuality quality = measure(sorted(), 40, 2);
    assertEquals(400, quality.batches());
    assertEquals(1.0, quality.labelVariance(), 6 * Math.sqrt(2.0 / 399));
    assertEquals(quality.rowGroup().shuffled(), quality.rowGroup().same(), 1e-4);
    assertEquals(1.0, quality.windowDates());
    assertEquals("", quality.warning());
  }

  @Test
  void shuffledRowsNeedNoWindow() throws IOException {
    ColumnBatch rows = sorted();
    int[] order = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      order[i] = i;
    }
    new SplitMix64(3).shuffle(order);
    ShuffleQuality quality = measure(rows.take(order), 1, 1);
    assertEquals(1.0, quality.labelVariance(), 6 * Math.sqrt(2.0 / 399));
    assertEquals("", quality.warning());
  }

  @Test
  void theFiguresAreThoseOfACountByHandAndDoNotDependOnThreads() throws IOException {
    ShuffleQuality quality = measure(sorted(), 3, 1);
    assertEquals(quality, measure(sorted(), 3, 3));
    Dataset dataset = write(sorted());
    List<Double> means = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    long pairs = 0;
    long same = 0;
    try (TrainingReader reader =
            TrainingReader.open(dataset, Split.TRAIN, ReaderConfig.of(BATCH, 7, 3, 2));
        Epoch epoch = reader.epoch(0)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        double sum = 0;
        for (int row = 0; row < BATCH; row++) {
          double label = batch.labels().asFloatBuffer().get(row);
          sum += label;
          labels.add(label);
          if (row > 0 && means.size() % 8 == 0) {
            pairs++;
            same +=
                batch.categories().asIntBuffer().get(2 * row + 1)
                        == batch.categories().asIntBuffer().get(2 * row - 1)
                    ? 1
                    : 0;
          }
        }
        means.add(sum / BATCH);
        batch.close();
      }
    }
    assertEquals(variance(means) * BATCH / variance(labels), quality.labelVariance(), 1e-9);
    assertEquals(pairs, neighbours(quality, "kind").pairs());
    assertEquals(same / (double) pairs, neighbours(quality, "kind").same(), 1e-12);
    assertEquals(1.0 / 40, neighbours(quality, "kind").shuffled(), 2e-3);
  }

  @Test
  void theLabelVarianceOfClassesIsBinomial() throws IOException {
    Random random = new Random(5);
    float[] labels = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = random.nextInt(4) == 0 ? 1 : 0;
    }
    ColumnBatch rows =
        sorted().with(DatasetFixture.SCHEMA.field("number"), new FloatColumn(labels));
    assertEquals(1.0, measure(rows, 2, 1).labelVariance(), 6 * Math.sqrt(2.0 / 399));
  }

  @Test
  void onlyTheFirstEpochOfAReaderIsMeasured() throws IOException {
    Dataset dataset = write(sorted());
    try (TrainingReader reader =
        TrainingReader.open(dataset, Split.TRAIN, ReaderConfig.of(BATCH, 7, 3, 2))) {
      IllegalStateException e = assertThrows(IllegalStateException.class, reader::shuffleQuality);
      assertEquals("Cannot tell how rows are mixed: no epoch was begun", e.getMessage());
      drain(reader.epoch(0));
      ShuffleQuality first = reader.shuffleQuality();
      drain(reader.epoch(1));
      assertEquals(first, reader.shuffleQuality());
    }
  }

  @Test
  void anEpochOfOneBatchTellsNothingOfLabels() throws IOException {
    Dataset dataset = write(sorted());
    try (TrainingReader reader =
        TrainingReader.open(dataset, Split.TRAIN, ReaderConfig.of(ROWS, 7, 40, 1))) {
      drain(reader.epoch(0));
      assertNull(reader.shuffleQuality().labelVariance());
      assertEquals("", reader.shuffleQuality().warning());
    }
  }

  private ShuffleQuality measure(ColumnBatch rows, int mixed, int threads) throws IOException {
    try (TrainingReader reader =
        TrainingReader.open(write(rows), Split.TRAIN, ReaderConfig.of(BATCH, 7, mixed, threads))) {
      drain(reader.epoch(0));
      return reader.shuffleQuality();
    }
  }

  private static ShuffleQuality.Neighbours neighbours(ShuffleQuality quality, String column) {
    return quality.categories().stream()
        .filter(neighbours -> neighbours.name().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private static double variance(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    return values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (values.size() - 1);
  }

  /** Rows whose kind is that of their row group. */
  private static ColumnBatch sorted() {
    int[] kind = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      kind[row] = row / GROUP;
    }
    return DatasetFixture.rows(0, ROWS)
        .with(DatasetFixture.SCHEMA.field("kind"), new IntColumn(kind));
  }

  private Dataset write(ColumnBatch rows) throws IOException {
    return DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, GROUP, List.of(rows));
  }

  private static void drain(Epoch epoch) throws IOException {
    for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
      batch.close();
    }
  }
}
