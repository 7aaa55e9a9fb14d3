package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CellText;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whole files in memory, as rows of text. */
public final class CsvRows {
  /** A row as the scanner sees it; without cells when it has a problem. */
  public record Row(long line, long offset, RejectReason problem, List<String> cells) {}

  /** What a batch reader makes of a file, batch borders apart. */
  record Table(List<List<String>> rows, List<Reject> rejects, long rowsRead, long bytesRead) {}

  private CsvRows() {}

  public static List<Row> scan(byte[] csv, CsvFormat format, int buffer, Charset charset)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    CellText cell = new CellText(format);
    try (RowScanner scanner = new RowScanner(new ByteArrayInputStream(csv), format, buffer)) {
      while (scanner.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < scanner.cells() && scanner.problem() == null; i++) {
          cell.of(scanner, i);
          cells.add(new String(cell.bytes, cell.from, cell.to - cell.from, charset));
        }
        rows.add(new Row(scanner.line(), scanner.offset(), scanner.problem(), cells));
      }
      assertFalse(scanner.next(), "the end of a file stays its end");
    }
    return rows;
  }

  static Table read(
      byte[] csv, List<SourceColumn> wanted, CsvFormat format, int batchRows, int buffer)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    try (CsvBatchReader reader =
        CsvBatchReader.openUntil(
            new ByteArrayInputStream(csv),
            Long.MAX_VALUE,
            "in.csv",
            wanted,
            format,
            batchRows,
            rejects::add,
            buffer)) {
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          List<String> cells = new ArrayList<>();
          for (int column = 0; column < wanted.size(); column++) {
            cells.add(batch.column(column).text(row));
          }
          rows.add(cells);
        }
      }
      return new Table(rows, rejects, reader.rowsRead(), reader.bytesRead());
    }
  }

  static Table read(String csv, SourceColumn... wanted) throws IOException {
    return read(
        csv.getBytes(StandardCharsets.UTF_8),
        List.of(wanted),
        CsvFormat.standard(),
        100,
        RowScanner.DEFAULT_BUFFER);
  }
}
