package dev.almanac.transforms.parquet;

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
      throw new IllegalArgumentException(
          "Cannot lay out a parquet file: row groups have from 1 to %d rows (%d)"
              .formatted(MOST_ROW_GROUP_ROWS, rowGroupRows));
    }
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** A layout without metadata. */
  public static ParquetLayout of(int rowGroupRows, ParquetCodec codec) {
    return new ParquetLayout(rowGroupRows, codec, Map.of());
  }
}
