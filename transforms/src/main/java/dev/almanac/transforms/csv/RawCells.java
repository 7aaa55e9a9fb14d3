package dev.almanac.transforms.csv;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CellReader;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.reject.RejectedRowException;
import dev.almanac.transforms.schema.SourceColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads rows of raw cells by column name, from a program's memory, exactly as {@link
 * CsvBatchReader} reads the same texts from a file.
 *
 * <p>A cell is text as a CSV file holds it, without its quotes, or a value of the column's own
 * type: a Long (or a shorter integer), a finite Number for a column of doubles, a LocalDate. Null
 * means missing, and so does an absent name, in a column that may be missing. Cells that nobody
 * wants are ignored. Reusable; not thread-safe.
 */
public final class RawCells {
  private static final int SHOWN = 40;

  private final TableSchema schema;
  private final CellReader[] readers;
  private byte[] text = new byte[256];

  /**
   * @param wanted the columns of the batches, in their order
   * @param format what the cells' texts mean
   */
  public RawCells(List<SourceColumn> wanted, CsvFormat format) {
    this.schema = SourceColumn.schema(wanted);
    CellReaders cells = new CellReaders(format);
    this.readers = new CellReader[wanted.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = cells.of(wanted.get(i), i);
    }
  }

  /**
   * The rows as a batch.
   *
   * @throws RejectedRowException naming the first bad cell, with the reason that the CSV reader
   *     would reject its row for
   * @throws IllegalArgumentException when a value is of a type that the column does not take, or a
   *     row has none of the columns
   */
  public ColumnBatch batch(List<? extends Map<String, ?>> rows) {
    try {
      for (int row = 0; row < rows.size(); row++) {
        append(rows.get(row), row);
      }
    } catch (RuntimeException e) {
      for (CellReader reader : readers) {
        reader.rewind(0);
      }
      throw e;
    }
    List<Column> columns = new ArrayList<>(readers.length);
    for (CellReader reader : readers) {
      columns.add(reader.build());
    }
    return new ColumnBatch(schema, columns, rows.size());
  }

  private void append(Map<String, ?> cells, int row) {
    boolean any = false;
    for (CellReader reader : readers) {
      Object cell = cells.get(reader.column.source());
      any |= cell != null || cells.containsKey(reader.column.source());
      if (cell != null && reader.column.from() != null) {
        cell = cell.toString();
      }
      RejectReason reason =
          cell == null || cell instanceof CharSequence
              ? read(reader, cell == null ? null : cell.toString())
              : reader.readValue(cell);
      if (reason != null) {
        throw rejected(reader.column, cell, row, reason);
      }
    }
    if (!any) {
      throw new RefusedException(
          "Cannot read row %s: it has none of the columns %s (its columns are %s)"
              .formatted(row, schema.names(), cells.keySet()));
    }
  }

  private RejectReason read(CellReader reader, String cell) {
    if (cell == null) {
      return reader.readNull();
    }
    byte[] utf8 = cell.getBytes(StandardCharsets.UTF_8);
    // The reader looks at what lies behind a short cell, whatever it is.
    if (text.length < utf8.length + CellReader.SHORT) {
      text = Arrays.copyOf(text, 2 * (utf8.length + CellReader.SHORT));
    }
    System.arraycopy(utf8, 0, text, 0, utf8.length);
    return reader.read(text, 0, utf8.length);
  }

  private static RejectedRowException rejected(
      SourceColumn column, Object cell, int row, RejectReason reason) {
    String shown =
        cell == null
            ? ""
            : ": '%s'"
                .formatted(cell.toString().substring(0, Math.min(SHOWN, cell.toString().length())));
    return new RejectedRowException(
        row,
        column.name(),
        reason,
        "Cannot read row %s: column '%s' must be %s%s (%s%s)"
            .formatted(
                row,
                column.name(),
                column.type(),
                column.nullable() ? "" : ", and never missing",
                reason,
                shown));
  }
}
