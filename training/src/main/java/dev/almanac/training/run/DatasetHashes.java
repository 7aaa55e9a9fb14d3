package dev.almanac.training.run;

import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Checks that a dataset is as it was written before it is used, and says so when that takes long.
 */
public final class DatasetHashes {
  /** Bytes that take about a second on most machines. */
  private static final long MUCH = 1L << 30;

  private DatasetHashes() {}

  /**
   * Hashes the files of these splits, the schema and the transform.
   *
   * @throws IOException naming the files that are missing or differ
   */
  public static void check(Dataset dataset, List<Split> splits, ProgressListener progress)
      throws IOException {
    List<SideFile> files = dataset.used(splits);
    long bytes = files.stream().mapToLong(SideFile::bytes).sum();
    if (bytes < MUCH) {
      dataset.verify(splits);
      return;
    }
    progress.note(
        String.format(
            Locale.ROOT,
            "comparing %d files of dataset %s with their hashes (%,d bytes)",
            files.size(),
            dataset.folder(),
            bytes));
    long start = System.nanoTime();
    dataset.verify(splits);
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.note(
        String.format(
            Locale.ROOT,
            "they are as they were written (%.1f s, %,.0f MB/s)",
            seconds,
            bytes / 1e6 / seconds));
  }
}
