package dev.almanac.transforms.source;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
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
   * @param textBytes of the range, expanded; -1 where nobody counted
   * @param textSum CRC-32 of them, for a whole file alone; else -1
   */
  record Extent(long start, long end, long lines, String hash, long textBytes, long textSum)
      implements Serializable {
    Extent(long start, long end, long lines, String hash) {
      this(start, end, lines, hash, -1, -1);
    }
  }

  /** Opens a whole file, see {@link #open(SourceRange, List, CsvFormat, Consumer)}. */
  static SourceRows open(
      String file, List<SourceColumn> wanted, CsvFormat format, Consumer<Reject> rejects)
      throws IOException {
    return open(SourceRange.whole(new StoredFile(file, 0, 0)), wanted, format, rejects);
  }

  /**
   * Opens a range of a file in its {@link SourceFormat format}. Columns that the file lacks are
   * taken from the names of its {@link HiveFolders folders}. A file that changes before it is read
   * to its end is a {@link dev.almanac.transforms.storage.ChangedFileException}.
   *
   * @param wanted the columns of the batches, in their order
   * @param rejects is given each rejected row, in the order of the file
   */
  static SourceRows open(
      SourceRange range, List<SourceColumn> wanted, CsvFormat format, Consumer<Reject> rejects)
      throws IOException {
    String file = range.file().path();
    Map<String, String> folders = HiveFolders.of(file);
    folders.keySet().retainAll(wanted.stream().map(SourceColumn::source).toList());
    if (folders.isEmpty()) {
      return openFile(range, wanted, format, rejects);
    }
    return new FolderRows(
        openFile(range, FolderRows.relaxed(wanted, folders), format, rejects),
        file,
        wanted,
        folders);
  }

  private static SourceRows openFile(
      SourceRange range, List<SourceColumn> wanted, CsvFormat format, Consumer<Reject> rejects)
      throws IOException {
    return new UnchangedRows(
        range.file(),
        file -> SourceFormat.of(range.file().path()).open(file, range, wanted, format, rejects));
  }

  /** Rows of a batch of so many columns: fewer where the table is wide. */
  static int batchRows(int columns) {
    return Math.max(1, Math.min(BATCH_ROWS, BATCH_CELLS / Math.max(1, columns)));
  }
}
