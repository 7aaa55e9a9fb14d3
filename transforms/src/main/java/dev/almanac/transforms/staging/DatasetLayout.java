package dev.almanac.transforms.staging;

import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import java.io.Serializable;

/**
 * How rows lie in parquet files.
 *
 * @param rowGroupRows rows of each row group, the last of a file apart; fewer where a table is
 *     wide, see {@link ParquetLayout#fitting}
 * @param files parquet files of each split; fewer only where a split has fewer rows
 * @param codec of the pages
 * @param order of the rows of the train split
 * @param seed of the order where they are shuffled
 */
public record DatasetLayout(
    int rowGroupRows, int files, ParquetCodec codec, RowOrder order, long seed)
    implements Serializable {
  /** Of a dataset of which nothing else is said. */
  public static final DatasetLayout USUAL =
      new DatasetLayout(131_072, 4, ParquetCodec.UNCOMPRESSED, RowOrder.SHUFFLED, 42);

  /** How rows of such columns lie in each file. */
  public ParquetLayout parquet(TableSchema schema) {
    return ParquetLayout.of(rowGroupRows, codec).fitting(schema);
  }

  /** Whether rows of the train split are mixed over its files. */
  public boolean shuffled() {
    return order == RowOrder.SHUFFLED;
  }
}
