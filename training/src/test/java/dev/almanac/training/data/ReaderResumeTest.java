package dev.almanac.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.data.read.RowGroup;
import dev.almanac.training.data.read.RowGroupCatalog;
import dev.almanac.training.data.shuffle.LastBatch;
import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several ranks, and going on from a state. */
class ReaderResumeTest {
  private static final int ROWS = 2_345;
  private static final ReaderConfig CONFIG = ReaderConfig.of(64, 7, 5, 2);

  @TempDir Path folder;
  private Dataset dataset;

  @BeforeEach
  void write() throws IOException {
    dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 100, 1_000, 45, 1_300);
  }

  @ParameterizedTest
  @CsvSource({"64, 2, 5", "64, 3, 5", "10, 7, 1", "1000, 3, 2", "5000, 4, 3", "1, 100, 4"})
  void ranksShareTheOrderOfOne(int batchSize, int ranks, int mixed) throws IOException {
    List<Integer> order = numbers(ReaderConfig.of(64, 7, mixed, 2), 3);
    for (LastBatch last : LastBatch.values()) {
      List<List<Integer>> each = new ArrayList<>();
      long steps = -1;
      long dropped = 0;
      for (int rank = 0; rank < ranks; rank++) {
        ReaderConfig config =
            ReaderConfig.of(batchSize, 7, mixed, 1 + rank % 3).withLast(last).withRank(rank, ranks);
        try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
          assertTrue(steps < 0 || steps == reader.stepsPerEpoch(), "equal steps");
          steps = reader.stepsPerEpoch();
          dropped = reader.layout().droppedRows();
          each.add(drain(reader.epoch(3), Long.MAX_VALUE));
        }
      }
      Set<Integer> all = new HashSet<>();
      each.forEach(all::addAll);
      assertEquals(ROWS - dropped, all.size(), "each row on one rank");
      assertEquals(ROWS - dropped, each.stream().mapToInt(List::size).sum());
      // The ranks' batches of each step, one behind the other, are the order of a single reader.
      List<Integer> joined = new ArrayList<>();
      int[] at = new int[ranks];
      for (long step = 0; step < steps; step++) {
        for (int rank = 0; rank < ranks; rank++) {
          int rows = new EpochLayout(ROWS, 0, batchSize, rank, ranks, last).batchRows(step);
          joined.addAll(each.get(rank).subList(at[rank], at[rank] + rows));
          at[rank] += rows;
        }
      }
      assertEquals(order.subList(0, (int) (ROWS - dropped)), joined);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStateGoesOnWithTheVeryNextRow(LastBatch last) throws IOException {
    ReaderConfig config = CONFIG.withLast(last);
    List<Integer> whole = numbers(config, 2);
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      for (int steps : new int[] {0, 1, 8, 20, (int) reader.stepsPerEpoch()}) {
        Epoch epoch = reader.epoch(2);
        List<Integer> head = drain(epoch, steps);
        ReaderState state = ReaderState.parse(epoch.state().json(), "a checkpoint");
        List<Integer> joined = new ArrayList<>(head);
        Epoch rest = reader.epoch(state);
        assertEquals(reader.stepsPerEpoch() - steps, rest.steps());
        joined.addAll(drain(rest, Long.MAX_VALUE));
        assertEquals(whole, joined);
        assertEquals(ROWS, rest.state().row());
      }
    }
  }

  @Test
  void aStateGoesOnWithOtherThreadsMemoryAndBatchSize() throws IOException {
    List<Integer> whole = numbers(CONFIG, 2);
    ReaderState state = after(CONFIG, 9);
    for (ReaderConfig other :
        List.of(
            ReaderConfig.of(64, 7, 5, 1),
            ReaderConfig.of(64, 7, 5, 4).withMaxBytes(460_000),
            ReaderConfig.of(1_000, 7, 5, 2),
            ReaderConfig.of(1, 7, 5, 2))) {
      try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, other)) {
        assertEquals(
            whole.subList(9 * 64, ROWS), drain(reader.epoch(state), Long.MAX_VALUE), "" + other);
      }
    }
  }

  @Test
  void aStateGoesOnWithOtherRanks() throws IOException {
    List<Integer> whole = numbers(CONFIG, 2);
    ReaderState ofOne = after(CONFIG, 9);
    ReaderState ofTwo = after(CONFIG.withRank(1, 2), 3);
    assertEquals(9 * 64, ofOne.row());
    assertEquals(3 * 2 * 64, ofTwo.row());
    for (ReaderState state : List.of(ofOne, ofTwo)) {
      List<Integer> rest = new ArrayList<>();
      for (int rank = 0; rank < 3; rank++) {
        try (TrainingReader reader =
            TrainingReader.open(dataset, Split.TRAIN, CONFIG.withRank(rank, 3))) {
          rest.addAll(drain(reader.epoch(state), Long.MAX_VALUE));
        }
      }
      List<Integer> expected = whole.subList((int) state.row(), ROWS);
      // No more than two rows cannot be shared among three ranks.
      assertTrue(expected.size() - rest.size() < 3);
      assertTrue(expected.containsAll(rest));
      assertEquals(rest.size(), new HashSet<>(rest).size());
    }
  }

  @Test
  void anOpenBatchIsNotConsumed() throws IOException {
    List<Integer> whole = numbers(CONFIG, 2);
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, CONFIG)) {
      Epoch epoch = reader.epoch(2);
      drain(epoch, 3);
      Batch open = epoch.next();
      assertEquals(3 * 64, epoch.state().row());
      Batch later = epoch.next();
      later.close();
      assertEquals(3 * 64, epoch.state().row(), "an earlier batch is open");
      ReaderState state = epoch.state();
      open.close();
      assertEquals(5 * 64, epoch.state().row());
      epoch.close();
      assertEquals(5 * 64, epoch.state().row(), "of a closed epoch too");
      assertEquals(whole.subList(3 * 64, ROWS), drain(reader.epoch(state), Long.MAX_VALUE));
    }
  }

  private static long start(Path path, int group) throws IOException {
    try (var reader =
        ParquetFileReader.open(new LocalInputFile(path), ParquetBatchReader.options())) {
      return reader.getRowGroups().get(group).getStartingPos();
    }
  }

  @Test
  void goingOnReadsNoWindowThatIsOver() throws IOException {
    ReaderConfig config = ReaderConfig.of(64, 7, 1, 2);
    List<Integer> whole = numbers(config, 2);
    ReaderState state = after(config, 30);
    // Of a window of one row group, each row group that is over: a byte of each is changed.
    Set<Integer> ahead = new HashSet<>(whole.subList(30 * 64, ROWS));
    long damaged = 0;
    int[] firsts = {0, 1_000, 1_045};
    int[] rows = {1_000, 45, 1_300};
    for (int file = 0; file < rows.length; file++) {
      Path path = Path.of(dataset.path(dataset.manifest().files(Split.TRAIN).get(file)));
      RowGroupCatalog catalog = RowGroupCatalog.open(dataset, Split.TRAIN);
      for (RowGroup group : catalog.rowGroups()) {
        int first = firsts[file] + 100 * group.group();
        boolean over = IntStream.range(first, first + group.rows()).noneMatch(ahead::contains);
        if (group.file() == file && over) {
          long start = start(path, group.group());
          DatasetFixture.damage(path, start + 200);
          damaged++;
        }
      }
    }
    assertTrue(damaged > 15, damaged + " row groups damaged");
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      assertEquals(whole.subList(30 * 64, ROWS), drain(reader.epoch(state), Long.MAX_VALUE));
      Epoch epoch = reader.epoch(2);
      assertThrows(IOException.class, () -> drain(epoch, Long.MAX_VALUE));
    }
  }

  @Test
  void aStateOfAnotherOrderIsRefused() throws IOException {
    ReaderState state = after(CONFIG, 9);
    try (TrainingReader reader =
        TrainingReader.open(dataset, Split.TRAIN, ReaderConfig.of(64, 8, 5, 2))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> reader.epoch(state));
      assertEquals(
          "Cannot go on with a reader's state: the order of rows must be the same (the seed: 7 in the state, 8 in the reader)",
          e.getMessage());
    }
  }

  @Test
  void aFileThatChangesMeanwhileIsAnError() throws IOException {
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, CONFIG)) {
      drain(reader.epoch(0), Long.MAX_VALUE);
      Path file = folder.resolve("train/part-00002-of-00003.parquet");
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      Epoch epoch = reader.epoch(1);
      IOException e = assertThrows(IOException.class, () -> drain(epoch, Long.MAX_VALUE));
      assertTrue(
          e.getMessage().startsWith("Cannot read " + file + ": row group ")
              && e.getMessage().contains("the file was changed while it was in use"),
          e.getMessage());
    }
  }

  private ReaderState after(ReaderConfig config, int steps) throws IOException {
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      Epoch epoch = reader.epoch(2);
      drain(epoch, steps);
      return epoch.state();
    }
  }

  private List<Integer> numbers(ReaderConfig config, int number) throws IOException {
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      return drain(reader.epoch(number), Long.MAX_VALUE);
    }
  }

  private static List<Integer> drain(Epoch epoch, long steps) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (long step = 0; step < steps; step++) {
      Batch batch = epoch.next();
      if (batch == null) {
        break;
      }
      for (int row = 0; row < batch.rows(); row++) {
        numbers.add((int) batch.labels().asFloatBuffer().get(row));
      }
      batch.close();
    }
    return numbers;
  }
}
