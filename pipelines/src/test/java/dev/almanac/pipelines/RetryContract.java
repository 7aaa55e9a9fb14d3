package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an engine that tries again must do when a stage fails: end in the same bytes.
 *
 * <p>The failure is a real one of the file system: a folder bars the name that a stage's file is to
 * have, until a second try at that file is seen.
 */
public abstract class RetryContract {
  @TempDir Path folder;

  /** The engine's name on the command line. */
  protected abstract String runner();

  /** What stands behind {@code --} so that failed work is tried again. */
  protected abstract List<String> trying();

  @ParameterizedTest
  @ValueSource(strings = {"work/chunk-000000.spool", "train/part-00001-of-00002.parquet"})
  void aStageThatFailsAtFirstEndsInTheSameBytes(String file) throws IOException {
    Sample sample = new Sample(runner(), folder);
    try (BarredName barred = BarredName.watch(sample.datasets(), file)) {
      sample.assertExpectedBytes("shuffled", "uncompressed", trying());
      assertTrue(barred.tries() > 1, () -> file + " was tried " + barred.tries() + " times");
    }
  }
}
