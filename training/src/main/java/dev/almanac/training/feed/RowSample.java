package dev.almanac.training.feed;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Gather;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random sample of a split's rows in their order, each row equally likely: selection sampling
 * (Fan, Muller and Rezucha 1962; Knuth, volume 2, algorithm 3.4.2 S). Depends only on the dataset,
 * the number and the seed.
 */
public final class RowSample {
  private static final int BATCH_ROWS = 1 << 15;

  private RowSample() {}

  /**
   * Reads them.
   *
   * @param columns float32 or int32
   * @param most how many; all rows when there are no more
   */
  public static ColumnBatch of(
      Dataset dataset, Split split, List<String> columns, int most, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    long left = dataset.manifest().rows(split);
    int wanted = (int) Math.min(most, left);
    List<ColumnBatch> parts = new ArrayList<>();
    for (DatasetFile file : dataset.manifest().files(split)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(dataset.path(file), BATCH_ROWS)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          int[] taken = new int[batch.rows()];
          int count = 0;
          for (int row = 0; row < batch.rows(); row++, left--) {
            if (random.nextDouble() * left < wanted) {
              taken[count++] = row;
              wanted--;
            }
          }
          parts.add(batch.select(columns).take(Arrays.copyOf(taken, count)));
        }
      }
    }
    return Gather.all(parts.get(0).schema(), parts);
  }
}
