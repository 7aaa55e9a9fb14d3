package dev.almanac.transforms.csv;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.dialect.DialectSigns;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CsvHeader;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.csv.scan.RowStart;
import dev.almanac.transforms.csv.stream.ByteRange;
import dev.almanac.transforms.csv.stream.Decompression;
import dev.almanac.transforms.csv.stream.MarkedText;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads one CSV file into batches of the wanted columns; bytes in, columns out.
 *
 * <p>Columns are found by name in the header, and the others are never decoded. Every row ends up
 * in a batch or as a {@link Reject}, whose reason is the row's own or that of its first bad cell in
 * the order of the wanted columns. A bad row over several lines counts as one row and one reject
 * for each line. The header once more is a reject, too, whatever the columns are. A file with only
 * a header has no rows. Blank lines are rows only in a file of one column, where they mean an empty
 * cell. Numbers and dates are read without the blanks around them, strings with them. Memory is
 * bounded by {@link CsvFormat#maxRowBytes} and the batch. Not thread-safe.
 */
public final class CsvBatchReader implements AutoCloseable {
  /** Bytes: most headers are shorter. */
  private static final int HEADER_BUFFER = 16 << 10;

  private final String file;
  private final RowScanner rows;
  private final WantedCells cells;
  private final TableSchema schema;
  private final CsvHeader header;
  private final int columns;
  private final int batchRows;
  private final Consumer<Reject> rejects;
  private final long until;
  private final long start;
  private long[] lines = new long[1 << 10];
  private long rowsRead;
  private long rowsRejected;

  private CsvBatchReader(
      String file,
      RowScanner rows,
      CsvHeader header,
      long until,
      List<SourceColumn> wanted,
      CsvFormat format,
      int batchRows,
      Consumer<Reject> rejects)
      throws IOException {
    if (batchRows < 1) {
      throw new IllegalArgumentException(
          "Cannot read %s: a batch has at least one row (%s)".formatted(file, batchRows));
    }
    this.file = file;
    this.rows = rows;
    this.schema = SourceColumn.schema(wanted);
    this.batchRows = batchRows;
    this.rejects = rejects;
    this.until = until;
    this.start = rows.nextOffset();
    this.header = header;
    this.columns = header.size();
    this.cells = new WantedCells(rows, header, wanted, format);
  }

  /**
   * Opens a file and reads its header.
   *
   * @param bytes the file from its start, plain or gzip; closed with the reader, or when this
   *     method throws
   * @param file path for messages and rejects
   * @param wanted the columns of the batches, in their order; one that may be null and that the
   *     file lacks is null in every row
   * @param batchRows rows of a batch, the last one apart
   * @param rejects is given each rejected row, in the order of the file
   * @throws IOException naming the file, when it is empty, holds a wanted column twice, or lacks
   *     one that may not be null
   */
  public static CsvBatchReader open(
      InputStream bytes,
      String file,
      List<SourceColumn> wanted,
      CsvFormat format,
      int batchRows,
      Consumer<Reject> rejects)
      throws IOException {
    return openUntil(bytes, Long.MAX_VALUE, file, wanted, format, batchRows, rejects);
  }

  /**
   * Opens a file of which only the rows before a byte are wanted.
   *
   * @param until rows that start at this byte or later are not read
   */
  public static CsvBatchReader openUntil(
      InputStream bytes,
      long until,
      String file,
      List<SourceColumn> wanted,
      CsvFormat format,
      int batchRows,
      Consumer<Reject> rejects)
      throws IOException {
    int buffer = RowScanner.DEFAULT_BUFFER;
    return openUntil(bytes, until, file, wanted, format, batchRows, rejects, buffer);
  }

  /**
   * Opens a range of a plain file in UTF-8; lines of rejects count from the range's first row.
   *
   * @param header the file from its start, read as far as its header goes; not closed
   * @param bytes the file from {@link ByteRange#firstByte}; closed with the reader, or when this
   *     method throws
   */
  public static CsvBatchReader openRange(
      InputStream header,
      InputStream bytes,
      ByteRange range,
      String file,
      List<SourceColumn> wanted,
      CsvFormat format,
      int batchRows,
      Consumer<Reject> rejects)
      throws IOException {
    try {
      OpenedCsv first = OpenedCsv.open(header, format, file, HEADER_BUFFER);
      PushbackInputStream in = new PushbackInputStream(bytes, RowStart.PUSHBACK);
      long start = range.firstRow();
      if (start == ByteRange.UNKNOWN) {
        start = range.firstByte() + RowStart.skipTo(in);
      } else {
        in.skipNBytes(start - range.firstByte());
      }
      RowScanner rows = new RowScanner(in, format, RowScanner.DEFAULT_BUFFER, start);
      rows.keepOf(first.rows());
      rows.expect(first.runOn());
      return new CsvBatchReader(
          file, rows, first.header(), range.until(), wanted, format, batchRows, rejects);
    } catch (IOException | RuntimeException e) {
      close(bytes, e);
      throw e;
    }
  }

  static CsvBatchReader openUntil(
      InputStream bytes,
      long until,
      String file,
      List<SourceColumn> wanted,
      CsvFormat format,
      int batchRows,
      Consumer<Reject> rejects,
      int buffer)
      throws IOException {
    try {
      OpenedCsv opened = OpenedCsv.open(text(bytes, file, format), format, file, buffer);
      try {
        return new CsvBatchReader(
            file, opened.rows(), opened.header(), until, wanted, format, batchRows, rejects);
      } catch (ForeseenException e) {
        Set<String> asked = wanted.stream().map(SourceColumn::source).collect(Collectors.toSet());
        throw DialectSigns.explained(e, opened.head(), format, asked);
      }
    } catch (IOException | RuntimeException e) {
      close(bytes, e);
      throw e;
    }
  }

  private static void close(InputStream bytes, Exception because) {
    try {
      bytes.close();
    } catch (IOException second) {
      because.addSuppressed(second);
    }
  }

  /** The expanded bytes in UTF-8, whatever mark they begin with. */
  static InputStream text(InputStream bytes, String file, CsvFormat format) throws IOException {
    return MarkedText.utf8(Decompression.of(bytes, file), Charset.forName(format.charset()));
  }

  /** All columns of the file by their names, wanted or not. */
  public List<String> columns() {
    return header.names();
  }

  /** The wanted columns that the file lacks; they are null in every row. */
  public List<String> missingColumns() {
    return cells.missing();
  }

  /** The columns of every batch. */
  public TableSchema schema() {
    return schema;
  }

  /**
   * The next rows that are not rejected, or null when there are none left.
   *
   * @throws IOException when the file cannot be read to its end; of gzip cut short, naming it
   */
  public ColumnBatch next() throws IOException {
    int taken = 0;
    while (taken < batchRows && rows.nextOffset() < until && rows.next()) {
      if (columns > 1 && rows.isBlank()) {
        continue;
      }
      rowsRead++;
      if (rows.problem() != null) {
        rejectRow(rows.problem());
      } else if (rows.isKept()) {
        rejectRow(RejectReason.REPEATED_HEADER);
      } else if (rows.cells() != columns) {
        rejectRow(RejectReason.RAGGED_ROW);
      } else if (cells.take(taken)) {
        setLine(taken++, rows.line());
      } else {
        reject(cells.badColumn(), cells.badReason(), cells.badText());
      }
    }
    if (taken == 0) {
      return null;
    }
    return new ColumnBatch(schema, cells.build(taken), taken);
  }

  private void setLine(int row, long line) {
    if (row == lines.length) {
      lines = Arrays.copyOf(lines, 2 * row);
    }
    lines[row] = line;
  }

  /** Every line of it: it may be a stray quote that made them one row. */
  private void rejectRow(RejectReason reason) {
    reject(null, reason, rows.text());
    long more = rows.lines() - 1;
    if (more > 0) {
      rowsRead += more;
      rowsRejected += more;
      rows.moreLines(
          (line, offset, text) ->
              rejects.accept(new Reject(file, line, offset, null, reason, text)));
    }
  }

  private void reject(String column, RejectReason reason, String text) {
    rowsRejected++;
    rejects.accept(new Reject(file, rows.line(), rows.offset(), column, reason, text));
  }

  /** Offset in the file of the first row behind the header, or the first of the range. */
  public long start() {
    return start;
  }

  /** Offset in the file of the row after the last one read; the file's length at its end. */
  public long end() throws IOException {
    return rows.nextOffset();
  }

  /** Physical lines passed so far, the header's among them when it was read. */
  public long lines() {
    return rows.nextLine() - 1;
  }

  /** Physical line on which a row of the latest batch starts, counted as those of rejects are. */
  public long line(int row) {
    return lines[row];
  }

  /** Rows of the file so far, those rejected among them; the header is none. */
  public long rowsRead() {
    return rowsRead;
  }

  /** Rows of the file so far that were rejected. */
  public long rowsRejected() {
    return rowsRejected;
  }

  /** Bytes of the expanded file that were read so far, in UTF-8; all of them at the end. */
  public long bytesRead() {
    return rows.bytesRead();
  }

  /** Bytes of the file that are held at once. */
  int bytesInMemory() {
    return rows.bytes().length;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
