package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.csv.CsvBatchReader;
import dev.almanac.transforms.csv.CsvFormat;
import dev.almanac.transforms.csv.Reject;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
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

  /** Rows of the file so far, those rejected among them. */
  long rowsRead();

  /** Rows of the file so far that were rejected. */
  long rowsRejected();

  /** The wanted columns that the file lacks; they are null in every row. */
  List<String> missingColumns();

  @Override
  void close() throws IOException;

  /**
   * Opens a file: parquet when its name says so, else CSV.
   *
   * @param wanted the columns of the batches, in their order
   * @param rejects is given each rejected row, in the order of the file
   */
  static SourceRows open(
      String file, List<SourceColumn> wanted, CsvFormat format, Consumer<Reject> rejects)
      throws IOException {
    if (isParquet(file)) {
      return new ParquetRows(file, wanted, rejects);
    }
    CsvBatchReader reader =
        CsvBatchReader.open(
            Storage.open(file), file, wanted, format, batchRows(wanted.size()), rejects);
    return new SourceRows() {
      @Override
      public ColumnBatch next() throws IOException {
        return reader.next();
      }

      @Override
      public long rowsRead() {
        return reader.rowsRead();
      }

      @Override
      public long rowsRejected() {
        return reader.rowsRejected();
      }

      @Override
      public List<String> missingColumns() {
        return reader.missingColumns();
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
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
