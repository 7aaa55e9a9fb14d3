package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.csv.ByteRange;
import dev.almanac.transforms.csv.CsvBatchReader;
import dev.almanac.transforms.csv.CsvFormat;
import dev.almanac.transforms.csv.Reject;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a CSV file, or of a range of one. */
final class CsvSourceRows implements SourceRows {
  private final ContentHash bytes;
  private final CsvBatchReader reader;

  CsvSourceRows(
      SourceRange range, List<SourceColumn> wanted, CsvFormat format, Consumer<Reject> rejects)
      throws IOException {
    String file = range.file().path();
    if (range.from() == 0) {
      bytes = new ContentHash(Storage.open(file), 0, 0, range.until());
      reader =
          CsvBatchReader.openUntil(
              bytes,
              range.until(),
              file,
              wanted,
              format,
              SourceRows.batchRows(wanted.size()),
              rejects);
      return;
    }
    ByteRange part = new ByteRange(range.from(), range.until(), range.firstRow());
    try (InputStream header = Storage.open(file)) {
      long first = part.firstByte();
      bytes = new ContentHash(Storage.openFrom(file, first), first, range.from(), range.until());
      reader =
          CsvBatchReader.openRange(
              header,
              bytes,
              part,
              file,
              wanted,
              format,
              SourceRows.batchRows(wanted.size()),
              rejects);
    }
  }

  @Override
  public ColumnBatch next() throws IOException {
    return reader.next();
  }

  @Override
  public long line(int row) {
    return reader.line(row);
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
  public List<String> columns() {
    return reader.columns();
  }

  @Override
  public List<String> missingColumns() {
    return reader.missingColumns();
  }

  @Override
  public List<String> header() {
    return reader.header();
  }

  @Override
  public Extent finish() throws IOException {
    return new Extent(reader.start(), reader.end(), reader.lines(), bytes.finish());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
