package dev.almanac.transforms.parquet;

import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Printable;
import dev.almanac.transforms.storage.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/** Opens parquet files; whatever is wrong with a footer is told with the file. */
final class ParquetFooters {
  /** Characters of a library's message that are shown: it may quote what it could not read. */
  private static final int SHOWN = 300;

  private ParquetFooters() {}

  /**
   * Opens a file.
   *
   * @throws IOException when it is no parquet file, its footer is damaged, or its row groups have
   *     another number of rows than it says
   */
  static ParquetFileReader open(String path) throws IOException {
    StorageInputFile file = StorageInputFile.of(path);
    ParquetFileReader reader;
    try {
      reader = ParquetFileReader.open(file, ParquetBatchReader.options());
    } catch (FileNotFoundException | StorageException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw damaged(path, e);
    }
    try {
      check(reader, file);
      return reader;
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static void check(ParquetFileReader reader, StorageInputFile file) throws IOException {
    long rows = 0;
    for (BlockMetaData group : reader.getRowGroups()) {
      if (group.getRowCount() < 0) {
        throw new ForeseenException(
            "Cannot read %s: its footer is damaged (a row group of %s rows)"
                .formatted(file.path(), group.getRowCount()));
      }
      rows += group.getRowCount();
    }
    long said = FooterRows.of(file);
    if (rows != said) {
      throw new ForeseenException(
          "Cannot read %s: its footer is damaged (%s rows, and %s in its row groups)"
              .formatted(file.path(), said, rows));
    }
  }

  /** The error of a file whose footer cannot be read. */
  static ForeseenException damaged(String path, Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String reason =
        deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    return new ForeseenException(
        "Cannot read %s: it is no parquet file, or its footer is damaged (%s)"
            .formatted(path, Printable.line(reason, SHOWN)),
        cause);
  }
}
