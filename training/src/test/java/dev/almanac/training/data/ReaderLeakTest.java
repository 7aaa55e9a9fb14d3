package dev.almanac.training.data;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system itself counts of a reader, over 500 epochs that are opened and closed. */
class ReaderLeakTest {
  private static final int EPOCHS = 500;

  @TempDir Path folder;

  /** What the process holds, as the kernel and the JVM say. */
  private record Held(
      Set<String> files, long threads, long fileMappings, long direct, long mapped) {
    static Held now() throws IOException {
      try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"));
          Stream<Path> threads = Files.list(Path.of("/proc/self/task"));
          Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        return new Held(
            files.map(Held::target).filter(f -> f.endsWith(".parquet")).collect(Collectors.toSet()),
            threads.filter(Held::isReader).count(),
            maps.filter(line -> line.endsWith(".parquet")).count(),
            used("direct"),
            used("mapped"));
      }
    }

    private static String target(Path link) {
      try {
        return link + " " + Files.readSymbolicLink(link);
      } catch (IOException closedMeanwhile) {
        return "";
      }
    }

    private static boolean isReader(Path task) {
      try {
        return Files.readString(task.resolve("comm")).startsWith("almanac-");
      } catch (IOException endedMeanwhile) {
        return false;
      }
    }

    private static long used(String pool) {
      return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
          .filter(bean -> bean.getName().equals(pool))
          .mapToLong(BufferPoolMXBean::getMemoryUsed)
          .sum();
    }
  }

  @Test
  void fiveHundredEpochsOpenedAndClosedLeakNothing() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "needs Linux");
    Dataset dataset =
        DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 100, 1_000, 45, 1_300);
    ReaderConfig config = ReaderConfig.of(64, 7, 5, 2).withMaxBytes(4 << 20);
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      epochs(reader, 20);
      Held before = Held.now();
      epochs(reader, EPOCHS);
      Held after = settled();
      assertTrue(after.files().isEmpty(), "open files: " + after.files());
      assertTrue(after.threads() == 0, after.threads() + " threads");
      assertTrue(after.fileMappings() <= before.fileMappings(), after + ", before " + before);
      assertTrue(after.mapped() <= before.mapped(), after + ", before " + before);
      // Slack for the temporary buffers that the JDK keeps for other threads of the tests.
      assertTrue(after.direct() - before.direct() < 1 << 20, after + ", before " + before);
    }
  }

  @Test
  void fiveHundredPassesByWindowLeakNothing() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "needs Linux");
    Dataset dataset =
        DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 100, 1_000, 45, 1_300);
    ReaderConfig config = ReaderConfig.of(64, 7, 2, 2);
    Held before;
    try (WindowReader reader = WindowReader.open(dataset, Split.TRAIN, config)) {
      passes(reader, 20);
      before = Held.now();
      passes(reader, EPOCHS);
      Held after = Held.now();
      assertTrue(after.files().isEmpty(), "open files: " + after.files());
      assertTrue(after.threads() <= before.threads(), after.threads() + " threads");
      assertTrue(after.fileMappings() <= before.fileMappings(), after + ", before " + before);
      assertTrue(after.direct() - before.direct() < 1 << 20, after + ", before " + before);
    }
    assertTrue(settled().threads() == 0, "threads of a closed reader");
  }

  private static void passes(WindowReader reader, int count) throws IOException {
    for (int number = 0; number < count; number++) {
      try (WindowReader.Pass pass = reader.pass(number, number % 30)) {
        for (int i = 0; i < number % 4; i++) {
          pass.next();
        }
      }
    }
  }

  /** A thread that was joined is still a task of the kernel's for a moment. */
  private static Held settled() throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    Held held = Held.now();
    while (held.threads() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
      held = Held.now();
    }
    return held;
  }

  /** Each is left at another step: in the middle of loading, of batches, at the end. */
  private static void epochs(TrainingReader reader, int count) throws IOException {
    for (int number = 0; number < count; number++) {
      try (Epoch epoch = reader.epoch(number)) {
        for (int step = 0; step < number % 40; step++) {
          Batch batch = epoch.next();
          if (batch != null) {
            batch.close();
          }
        }
      }
    }
  }
}
