package dev.almanac.transforms.csv;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CellReader;
import dev.almanac.transforms.csv.scan.CellText;
import dev.almanac.transforms.csv.scan.CsvHeader;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the cells of wanted columns out of rows, one row after another, and builds columns of them.
 * A row with a bad cell leaves nothing behind. Not thread-safe.
 */
final class WantedCells {
  /** What no byte equals. */
  private static final int NO_BYTE = 1 << 8;

  private final RowScanner rows;
  private final CellText cell;
  private final int quote;
  private final boolean slow;
  private final CellReader[] readers;

  /** Those whose columns the file has. */
  private final CellReader[] present;

  private CellReader badReader;
  private RejectReason badReason;

  /**
   * @throws IOException when the file lacks a column that may not be null, or has one twice
   */
  WantedCells(RowScanner rows, CsvHeader header, List<SourceColumn> wanted, CsvFormat format)
      throws IOException {
    this.rows = rows;
    this.cell = new CellText(format);
    this.quote = format.quote() == null ? NO_BYTE : format.quote();
    this.slow = RowScanner.isSlow(format) || format.quote() == null;
    this.readers = new CellReader[wanted.size()];
    CellReaders cells = new CellReaders(format);
    int wantedCells = 0;
    for (int i = 0; i < readers.length; i++) {
      SourceColumn column = wanted.get(i);
      int position = header.position(column.source(), !column.nullable());
      readers[i] = cells.of(column, position);
      wantedCells = Math.max(wantedCells, position + 1);
    }
    this.present =
        Arrays.stream(readers).filter(reader -> reader.position >= 0).toArray(CellReader[]::new);
    rows.wantCells(wantedCells);
  }

  /** The columns that the file lacks. */
  List<String> missing() {
    return Arrays.stream(readers)
        .filter(reader -> reader.position < 0)
        .map(reader -> reader.column.name())
        .toList();
  }

  /**
   * Takes the row on which the scanner stands; false when a cell of it is bad.
   *
   * @param row how many rows were taken since columns were built
   */
  boolean take(int row) {
    return slow ? takeSlowly(row) : takeFast(row);
  }

  private boolean takeFast(int row) {
    byte[] bytes = rows.bytes();
    boolean escaped = rows.mayBeEscaped();
    for (CellReader reader : present) {
      int from = rows.from(reader.position);
      int to = rows.to(reader.position);
      RejectReason reason;
      if (from == to || bytes[from] != quote) {
        reason = reader.read(bytes, from, to);
      } else if (!escaped) {
        reason = reader.read(bytes, from + 1, to - 1);
      } else {
        cell.of(rows, reader.position);
        reason = reader.read(cell.bytes, cell.from, cell.to);
      }
      if (reason != null) {
        return refuse(reader, reason, row);
      }
    }
    return true;
  }

  /** The same where a cell's text is not what stands in the file. */
  private boolean takeSlowly(int row) {
    for (CellReader reader : present) {
      cell.of(rows, reader.position);
      RejectReason reason = reader.read(cell.bytes, cell.from, cell.to);
      if (reason != null) {
        return refuse(reader, reason, row);
      }
    }
    return true;
  }

  private boolean refuse(CellReader reader, RejectReason reason, int row) {
    for (CellReader each : present) {
      each.rewind(row);
    }
    badReader = reader;
    badReason = reason;
    return false;
  }

  /** The column, by its name in the file, of the cell that was bad last. */
  String badColumn() {
    return badReader.column.source();
  }

  RejectReason badReason() {
    return badReason;
  }

  /** The start of the cell that was bad last, while the scanner stands on its row. */
  String badText() {
    return cell.of(rows, badReader.position).head();
  }

  /** The columns of so many rows that were taken, null where the file lacks one. */
  List<Column> build(int taken) {
    List<Column> built = new ArrayList<>(readers.length);
    for (CellReader reader : readers) {
      if (reader.position < 0) {
        reader.readNulls(taken);
      }
      built.add(reader.build());
    }
    return built;
  }
}
