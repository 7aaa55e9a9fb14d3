package dev.almanac.transforms.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/** How many rows each row group of a parquet file holds, as its footer says. */
public final class RowGroupRows {
  private RowGroupRows() {}

  /**
   * Reads the footer.
   *
   * @throws IOException when it is no parquet file
   */
  public static List<Long> of(String path) throws IOException {
    try (ParquetFileReader reader = ParquetFooters.open(path)) {
      return reader.getFooter().getBlocks().stream().map(BlockMetaData::getRowCount).toList();
    }
  }
}
