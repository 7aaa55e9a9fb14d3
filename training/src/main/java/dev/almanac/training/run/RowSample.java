package dev.almanac.training.run;

import dev.almanac.transforms.artifact.Dataset;
import dev.almanac.transforms.artifact.DatasetFile;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Some rows of a split, each as likely as any other, in their order: selection sampling (Fan,
 * Muller and Rezucha 1962; Knuth, volume 2, algorithm 3.4.2 S). A function of the dataset, the
 * number and the seed.
 */
final class RowSample {
  private static final int BATCH_ROWS = 1 << 15;

  private RowSample() {}

  /**
   * Reads them.
   *
   * @param columns float32 or int32
   * @param most how many; all rows when there are no more
   */
  static ColumnBatch of(Dataset dataset, Split split, List<String> columns, int most, long seed)
      throws IOException {
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
    return joined(parts);
  }

  private static ColumnBatch joined(List<ColumnBatch> parts) {
    TableSchema schema = parts.get(0).schema();
    int rows = parts.stream().mapToInt(ColumnBatch::rows).sum();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      columns.add(
          parts.get(0).column(i) instanceof FloatColumn
              ? floats(parts, i, rows)
              : integers(parts, i, rows));
    }
    return new ColumnBatch(schema, columns, rows);
  }

  private static FloatColumn floats(List<ColumnBatch> parts, int column, int rows) {
    float[] all = new float[rows];
    int at = 0;
    for (ColumnBatch part : parts) {
      System.arraycopy(((FloatColumn) part.column(column)).values(), 0, all, at, part.rows());
      at += part.rows();
    }
    return new FloatColumn(all);
  }

  private static IntColumn integers(List<ColumnBatch> parts, int column, int rows) {
    int[] all = new int[rows];
    int at = 0;
    for (ColumnBatch part : parts) {
      System.arraycopy(((IntColumn) part.column(column)).values(), 0, all, at, part.rows());
      at += part.rows();
    }
    return new IntColumn(all);
  }
}
