package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.csv.CsvFormat;
import dev.almanac.transforms.csv.Reject;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;

/** The rows of one source file, whatever its format: those that can be read, batch by batch. */
public interface SourceRows extends AutoCloseable {
  /** The most rows of a batch. */
  int BATCH_ROWS = 1 << 13;

  /** The most cells of a batch: 8 MiB of numbers. */
  int BATCH_CELLS = 1 << 20;

  /** The next rows that are not rejected, or null when there are none left. */
  ColumnBatch next() throws IOException;

  /**
   * Where a row of the latest batch stands: its line, counted from the range's first row, or its
   * number in a parquet file, from 1.
   */
  long line(int row);

  /** Rows of the file so far, those rejected among them. */
  long rowsRead();

  /** Rows of the file so far that were rejected. */
  long rowsRejected();

  /** All columns of the file by their names, wanted or not. */
  List<String> columns();

  /** The wanted columns that the file lacks; they are null in every row. */
  List<String> missingColumns();

  @Override
  void close() throws IOException;

  /** What was passed, once {@link #next} has given null. */
  Extent finish() throws IOException;

  /**
   * What of a file was read.
   *
   * @param start offset of the first row, and {@code end} of the one behind the last; both 0 where
   *     rows have none, as in parquet
   * @param lines physical lines, the header's among them when it was read
   * @param hash of the range's bytes, see {@link ContentHash}; null where not all were read
   */
  record Extent(long start, long end, long lines, String hash) implements Serializable {}

  /** Opens a whole file, see {@link #open(SourceRange, List, CsvFormat, Consumer)}. */
  static SourceRows open(
      String file, List<SourceColumn> wanted, CsvFormat format, Consumer<Reject> rejects)
      throws IOException {
    return open(SourceRange.whole(new StoredFile(file, 0, 0)), wanted, format, rejects);
  }

  /**
   * Opens a range of a file: parquet when its name says so, else CSV.
   *
   * @param wanted the columns of the batches, in their order
   * @param rejects is given each rejected row, in the order of the file
   */
  static SourceRows open(
      SourceRange range, List<SourceColumn> wanted, CsvFormat format, Consumer<Reject> rejects)
      throws IOException {
    return isParquet(range.file().path())
        ? new ParquetRows(range.file().path(), wanted, rejects)
        : new CsvSourceRows(range, wanted, format, rejects);
  }

  /** Rows of a batch of so many columns: fewer where the table is wide. */
  static int batchRows(int columns) {
    return Math.max(1, Math.min(BATCH_ROWS, BATCH_CELLS / Math.max(1, columns)));
  }

  /** Whether a file's name says that it is parquet. */
  static boolean isParquet(String file) {
    return file.endsWith(".parquet");
  }
}
