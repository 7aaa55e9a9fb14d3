package dev.almanac.transforms.source;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.csv.CsvBatchReader;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.stream.ByteRange;
import dev.almanac.transforms.csv.stream.Decompression;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.storage.WatchedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a CSV file, or of a range of one. */
final class CsvSourceRows implements SourceRows {
  private final ContentHash bytes;
  private final CsvBatchReader reader;
  private final SourceRange range;

  /** Of a whole file; else null. */
  private final TextSum text;

  CsvSourceRows(
      WatchedFile source,
      SourceRange range,
      List<SourceColumn> wanted,
      CsvFormat format,
      Consumer<Reject> rejects)
      throws IOException {
    String file = range.file().path();
    this.range = range;
    if (range.from() == 0) {
      bytes = new ContentHash(source.open(0), 0, 0, range.until());
      text = range.isWhole() ? new TextSum(expanded(bytes, file)) : null;
      reader =
          CsvBatchReader.openUntil(
              text == null ? bytes : text,
              range.until(),
              file,
              wanted,
              format,
              SourceRows.batchRows(wanted.size()),
              rejects);
      return;
    }
    text = null;
    ByteRange part = new ByteRange(range.from(), range.until(), range.firstRow());
    try (InputStream header = source.open(0)) {
      long first = part.firstByte();
      bytes = new ContentHash(source.open(first), first, range.from(), range.until());
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
  public Extent finish() throws IOException {
    String hash = bytes.finish();
    return text == null
        ? new Extent(reader.start(), reader.end(), reader.lines(), hash, range.bytes(), -1)
        : new Extent(reader.start(), reader.end(), reader.lines(), hash, text.bytes(), text.sum());
  }

  private static InputStream expanded(InputStream bytes, String file) throws IOException {
    try {
      return Decompression.of(bytes, file);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
