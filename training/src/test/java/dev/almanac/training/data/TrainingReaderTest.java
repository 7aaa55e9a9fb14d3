package dev.almanac.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.data.shuffle.LastBatch;
import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingReaderTest {
  private static final int ROWS = 2_345;

  @TempDir Path folder;
  private Dataset dataset;

  @BeforeEach
  void write() throws IOException {
    dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 100, 1_000, 45, 1_300);
  }

  @AfterEach
  void noThreadIsLeft() {
    assertEquals(
        List.of(),
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("almanac-reader"))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "64, 1, 1",
    "64, 8, 1",
    "64, 8, 4",
    "1000, 2, 3",
    "5000, 1, 2",
    "100, 100, 2"
  })
  void everyRowComesExactlyOnceAnEpoch(int batchSize, int mixed, int threads) throws IOException {
    List<Integer> numbers = numbers(ReaderConfig.of(batchSize, 7, mixed, threads), 0);
    assertEquals(IntStream.range(0, ROWS).boxed().toList(), numbers.stream().sorted().toList());
  }

  @ParameterizedTest
  @EnumSource
  void theCellsOfARowStayTogether(ParquetCodec codec) throws IOException {
    Dataset packed = DatasetFixture.write(folder.resolve(codec.text()), codec, 300, 1_000, 500);
    try (TrainingReader reader =
            TrainingReader.open(packed, Split.TRAIN, ReaderConfig.of(64, 1, 3, 2));
        Epoch epoch = reader.epoch(0)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          int number = (int) batch.labels().asFloatBuffer().get(row);
          assertEquals(DatasetFixture.rain(number), batch.numeric().asFloatBuffer().get(3 * row));
          assertEquals(-number, batch.numeric().asFloatBuffer().get(3 * row + 1));
          assertEquals(2 * number, batch.numeric().asFloatBuffer().get(3 * row + 2));
          assertEquals(
              DatasetFixture.station(number), batch.categories().asIntBuffer().get(2 * row));
          assertEquals(number % 50, batch.categories().asIntBuffer().get(2 * row + 1));
        }
        batch.close();
      }
    }
  }

  @Test
  void neitherThreadsNorMemoryNorBatchSizeChangeTheOrder() throws IOException {
    List<Integer> order = numbers(ReaderConfig.of(64, 7, 5, 1), 3);
    assertEquals(order, numbers(ReaderConfig.of(64, 7, 5, 4), 3));
    assertEquals(order, numbers(ReaderConfig.of(1_000, 7, 5, 2), 3));
    assertEquals(order, numbers(ReaderConfig.of(64, 7, 5, 2).withMaxBytes(310_000), 3));
  }

  @Test
  void epochsSeedsAndWindowsDiffer() throws IOException {
    List<Integer> order = numbers(ReaderConfig.of(64, 7, 5, 1), 0);
    assertNotEquals(order, numbers(ReaderConfig.of(64, 7, 5, 1), 1));
    assertNotEquals(order, numbers(ReaderConfig.of(64, 8, 5, 1), 0));
    assertNotEquals(order, numbers(ReaderConfig.of(64, 7, 6, 1), 0));
  }

  @Test
  void rowsAreMixedWithinTheirWindowAlone() throws IOException {
    List<Integer> order = numbers(ReaderConfig.of(64, 7, 4, 2), 0);
    // Full row groups of a file hold 100 numbers each: the first 300 rows come from 4 groups.
    HashSet<Integer> groups = new HashSet<>();
    order.subList(0, 300).forEach(n -> groups.add(n < 1_000 ? n / 100 : 100 + (n - 1_045) / 100));
    assertTrue(groups.size() >= 3 && groups.size() <= 5, "row groups " + groups);
  }

  @Test
  void anEpochBegunAtAStepGoesOnAsIfItHadNotStopped() throws IOException {
    ReaderConfig config = ReaderConfig.of(64, 7, 5, 2);
    List<Integer> whole = numbers(config, 2);
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      for (long step : new long[] {0, 1, 8, 20, reader.stepsPerEpoch()}) {
        Epoch epoch = reader.epoch(2, step);
        assertEquals(reader.stepsPerEpoch() - step, epoch.steps());
        List<Integer> rest = whole.subList((int) Math.min(whole.size(), 64 * step), whole.size());
        assertEquals(rest.size(), epoch.rows());
        assertEquals(rest, drain(epoch, 64));
      }
    }
  }

  @Test
  void anIncompleteLastBatchIsKeptOrDropped() throws IOException {
    ReaderConfig config = ReaderConfig.of(1_000, 7, 5, 2);
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      assertEquals(3, reader.stepsPerEpoch());
      assertEquals(ROWS, reader.rowsPerEpoch());
    }
    config = config.withLast(LastBatch.DROP);
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      assertEquals(2, reader.stepsPerEpoch());
      assertEquals(2_000, reader.rowsPerEpoch());
      assertEquals(2_000, drain(reader.epoch(0), 1_000).size());
      assertEquals(2_000, drain(reader.epoch(1), 1_000).size());
    }
  }

  @Test
  void fiveHundredEpochsLeakNothing() throws IOException {
    long direct = directBytes();
    try (TrainingReader reader =
        TrainingReader.open(
            dataset, Split.TRAIN, ReaderConfig.of(64, 7, 5, 2).withMaxBytes(310_000))) {
      for (int number = 0; number < 500; number++) {
        Epoch epoch = reader.epoch(number);
        for (int step = 0; step < number % 40; step++) {
          Batch batch = epoch.next();
          if (batch != null) {
            batch.close();
          }
        }
        epoch.close();
      }
      assertTrue(directBytes() - direct < 200_000, "native memory is used again");
      assertEquals(ROWS, drain(reader.epoch(0), 64).size());
    }
  }

  @Test
  void theNextEpochBeginsWhileTheLastBatchesAreConsumed() throws Exception {
    List<Integer> second = numbers(ReaderConfig.of(64, 7, 100, 2), 1);
    try (TrainingReader reader =
        TrainingReader.open(dataset, Split.TRAIN, ReaderConfig.of(64, 7, 100, 2))) {
      Epoch epoch = reader.epoch(0);
      drain(epoch, 64);
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("almanac-reader")) {
          thread.join();
        }
      }
      epoch.close();
      // All that the second epoch needs is in memory: its files can go.
      for (DatasetFile file : dataset.manifest().files(Split.TRAIN)) {
        Files.delete(Path.of(dataset.path(file)));
      }
      assertEquals(second, drain(reader.epoch(1), 64));
    }
  }

  @Test
  void anEpochThatNobodyExpectedIsReadAnew() throws IOException {
    List<Integer> fifth = numbers(ReaderConfig.of(64, 7, 5, 2), 5);
    try (TrainingReader reader =
        TrainingReader.open(
            dataset, Split.TRAIN, ReaderConfig.of(64, 7, 5, 2).withMaxBytes(310_000))) {
      for (int i = 0; i < 20; i++) {
        drain(reader.epoch(0), 64);
        assertEquals(fifth, drain(reader.epoch(5), 64));
        assertEquals(fifth.subList(128, ROWS), drain(reader.epoch(5, 2), 64));
      }
    }
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void aConsumerThatKeepsBatchesOpenIsToldSo() throws IOException {
    try (TrainingReader reader =
        TrainingReader.open(dataset, Split.TRAIN, ReaderConfig.of(10, 7, 5, 2))) {
      Epoch epoch = reader.epoch(0);
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> {
                while (true) {
                  epoch.next();
                }
              });
      assertEquals(
          "Cannot read the next batch: 36 batches are open; close each one after its step",
          e.getMessage());
    }
  }

  @Test
  void anOpenBatchOutlivesItsEpoch() throws IOException {
    try (TrainingReader reader =
        TrainingReader.open(dataset, Split.TRAIN, ReaderConfig.of(64, 7, 5, 2))) {
      Batch batch = reader.epoch(0).next();
      int first = (int) batch.labels().asFloatBuffer().get(0);
      drain(reader.epoch(1), 64);
      assertEquals(first, (int) batch.labels().asFloatBuffer().get(0));
      batch.close();
      assertThrows(IllegalStateException.class, batch::labels);
    }
  }

  @Test
  void whatAThreadFailsWithComesOutOfNext() throws IOException {
    Path file = folder.resolve("train/part-00002-of-00003.parquet");
    DatasetFixture.damage(file, 300);
    try (TrainingReader reader =
        TrainingReader.open(dataset, Split.TRAIN, ReaderConfig.of(64, 7, 100, 3))) {
      Epoch epoch = reader.epoch(0);
      IOException e = assertThrows(IOException.class, epoch::next);
      assertTrue(
          e.getMessage().startsWith("Cannot read " + file + ": row group 0, column '"),
          e.getMessage());
      assertTrue(e.getMessage().endsWith("the file is damaged"), e.getMessage());
      assertEquals(ForeseenException.class, e.getCause().getClass());
    }
  }

  @Test
  void tooLittleMemoryIsAnErrorBeforeAnythingIsRead() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                TrainingReader.open(
                    dataset, Split.TRAIN, ReaderConfig.of(64, 7, 20, 1).withMaxBytes(1_000)));
    assertTrue(
        e.getMessage().startsWith("Cannot read split 'train' of " + folder + ": 20 mixed"),
        e.getMessage());
    assertTrue(e.getMessage().endsWith("lower mixed-row-groups, or give more memory"));
  }

  @Test
  void anEmptySplitIsAnError() {
    IOException e =
        assertThrows(
            IOException.class,
            () -> TrainingReader.open(dataset, Split.TEST, ReaderConfig.of(64, 7, 20, 1)));
    assertEquals("Cannot read split 'test' of " + folder + ": it has no rows", e.getMessage());
  }

  @Test
  void theBuffersAreDirectNativeAndLimitedToTheRows() throws IOException {
    try (TrainingReader reader =
            TrainingReader.open(dataset, Split.TRAIN, ReaderConfig.of(1_000, 7, 5, 2));
        Epoch epoch = reader.epoch(0)) {
      for (int rows : new int[] {1_000, 1_000, 345}) {
        Batch batch = epoch.next();
        assertEquals(rows, batch.rows());
        assertTrue(batch.hasLabels());
        for (ByteBuffer buffer : List.of(batch.numeric(), batch.categories(), batch.labels())) {
          assertTrue(buffer.isDirect());
          assertEquals(ByteOrder.nativeOrder(), buffer.order());
          assertEquals(0, buffer.position());
        }
        assertEquals(rows * 3 * 4, batch.numeric().remaining());
        assertEquals(rows * 2 * 4, batch.categories().remaining());
        assertEquals(rows * 4, batch.labels().remaining());
        batch.close();
      }
      assertNull(epoch.next());
      assertNull(epoch.next());
      assertFalse(epoch.waitNanos() < 0);
    }
  }

  private List<Integer> numbers(ReaderConfig config, int number) throws IOException {
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      return drain(reader.epoch(number), config.batchSize());
    }
  }

  private static List<Integer> drain(Epoch epoch, int batchSize) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    long steps = 0;
    for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
      steps++;
      assertTrue(batch.rows() == batchSize || steps == epoch.steps());
      for (int row = 0; row < batch.rows(); row++) {
        numbers.add((int) batch.labels().asFloatBuffer().get(row));
      }
      batch.close();
    }
    assertEquals(epoch.steps(), steps);
    assertEquals(epoch.rows(), numbers.size());
    return numbers;
  }
}
