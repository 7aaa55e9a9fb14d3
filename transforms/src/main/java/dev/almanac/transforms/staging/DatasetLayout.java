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
 * @param codec of the pages: uncompressed, lz4_raw, snappy, zstd or gzip
 * @param shuffled whether rows of the train split are mixed over its files; else they lie as in the
 *     source, as those of the other splits always do
 * @param seed of the shuffle
 */
public record DatasetLayout(int rowGroupRows, int files, String codec, boolean shuffled, long seed)
    implements Serializable {
  /** How rows of such columns lie in each file. */
  public ParquetLayout parquet(TableSchema schema) {
    return ParquetLayout.of(rowGroupRows, ParquetCodec.of(codec)).fitting(schema);
  }

  /** The word for {@link #shuffled} in files. */
  public String order() {
    return shuffled ? "shuffled" : "source";
  }
}
