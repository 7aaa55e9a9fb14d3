package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.RefusedException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How rows are laid out in a parquet file.
 *
 * @param rowGroupRows rows of every row group but the last; the writer holds that many in memory
 * @param metadata pairs for the footer, written in the order of their keys
 */
public record ParquetLayout(int rowGroupRows, ParquetCodec codec, Map<String, String> metadata) {
  /** The most rows of a row group: 67,108,864, so that a column of it fits one array. */
  public static final int MOST_ROW_GROUP_ROWS = 1 << 26;

  public ParquetLayout {
    if (rowGroupRows < 1 || rowGroupRows > MOST_ROW_GROUP_ROWS) {
      throw new RefusedException(
          "Cannot lay out a parquet file: row groups have from 1 to %s rows (%s)"
              .formatted(MOST_ROW_GROUP_ROWS, rowGroupRows));
    }
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** The most bytes of a row group of numbers that {@link #fitting} allows: 64 MiB. */
  public static final int MOST_ROW_GROUP_BYTES = 64 << 20;

  /** Text counts as so many bytes a row: what it will be is not known before. */
  private static final int TEXT_BYTES = 32;

  /**
   * The same with as few rows in a row group as bound the memory of its writer and of its readers:
   * a function of the columns alone, so that equal rows still give equal bytes. Nothing changes for
   * up to 128 columns of 4 bytes in row groups of 131,072 rows.
   */
  public ParquetLayout fitting(TableSchema schema) {
    int rowBytes = 0;
    for (Field field : schema.fields()) {
      rowBytes +=
          switch (field.type()) {
            case LONG, DOUBLE -> Long.BYTES;
            case DATE, FLOAT32, INT32 -> Integer.BYTES;
            case STRING -> TEXT_BYTES;
          };
    }
    int most = Math.max(1, MOST_ROW_GROUP_BYTES / Math.max(1, rowBytes));
    return new ParquetLayout(Math.min(rowGroupRows, most), codec, metadata);
  }

  /** A layout without metadata. */
  public static ParquetLayout of(int rowGroupRows, ParquetCodec codec) {
    return new ParquetLayout(rowGroupRows, codec, Map.of());
  }
}
