package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CsvHeader;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.csv.stream.ByteRange;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranges of a file join to the file: each begins where the one before ended. */
class ByteRangeTest {
  private static final CsvFormat FORMAT = CsvFormat.standard().withNulls(List.of());

  /** Rows as text with their rejects, and where reading began and ended. */
  private record Part(List<String> rows, long start, long end, long lines) {}

  @Test
  void rangesJoinToTheWholeFileWhateverItsBytesAndTheirSize() throws IOException {
    Random random = new Random(20261125);
    int readAgain = 0;
    int compared = 0;
    for (int round = 0; round < 4000; round++) {
      byte[] csv = CsvFuzz.next(random);
      String wanted = firstName(csv);
      Part whole;
      try {
        whole = read(csv, wanted, 0, Long.MAX_VALUE, 0, 0);
      } catch (IOException noHeader) {
        continue;
      }
      compared++;
      int size = 1 + random.nextInt(csv.length);
      List<String> rows = new ArrayList<>();
      Part part = read(csv, wanted, 0, size, 0, 0);
      rows.addAll(part.rows);
      long lines = part.lines;
      for (long from = size; from < csv.length; from += size) {
        Part next = read(csv, wanted, from, from + size, ByteRange.UNKNOWN, lines);
        if (next.start != part.end) {
          readAgain++;
          next = read(csv, wanted, from, from + size, part.end, lines);
          assertEquals(part.end, next.start);
        }
        rows.addAll(next.rows);
        lines += next.lines;
        part = next;
      }
      assertEquals(whole.rows, rows, () -> "in %s".formatted(new String(csv)));
      assertEquals(csv.length, part.end);
      assertEquals(whole.lines, lines);
    }
    assertTrue(compared > 1000 && readAgain > 500, compared + " " + readAgain);
  }

  @Test
  void aRangeWithoutAQuotedLineBreakFindsItsFirstRow() throws IOException {
    byte[] csv = "a,b\r\n1,2\r\n3,4\r\n5,6\r\n".getBytes(StandardCharsets.UTF_8);
    for (int from = 1; from <= csv.length; from++) {
      Part part = read(csv, "a", from, Long.MAX_VALUE, ByteRange.UNKNOWN, 0);
      long expected = from <= 5 ? 5 : from <= 10 ? 10 : from <= 15 ? 15 : 20;
      assertEquals(expected, part.start, "from byte " + from);
      assertEquals((20 - expected) / 5, part.rows.size());
    }
  }

  @Test
  void aRangeIsBehindTheHeader() {
    assertEquals(
        "Cannot read a range: it starts behind the header and its first row within it (0, -1)",
        assertThrows(IllegalArgumentException.class, () -> new ByteRange(0, 10, -1)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ByteRange(5, 10, 4));
  }

  private static Part read(
      byte[] csv, String wanted, long from, long until, long firstRow, long linesBefore)
      throws IOException {
    List<String> rows = new ArrayList<>();
    List<SourceColumn> columns = List.of(new SourceColumn(wanted, ColumnType.STRING, null, true));
    try (CsvBatchReader reader = open(csv, columns, from, until, firstRow, rows, linesBefore)) {
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          rows.add(batch.column(0).text(row));
        }
      }
      return new Part(rows, reader.start(), reader.end(), reader.lines());
    }
  }

  /** A batch of one row keeps rejects in their place among the rows. */
  private static CsvBatchReader open(
      byte[] csv,
      List<SourceColumn> columns,
      long from,
      long until,
      long firstRow,
      List<String> rows,
      long linesBefore)
      throws IOException {
    java.util.function.Consumer<Reject> rejects =
        reject ->
            rows.add(
                "%d %d %s %s"
                    .formatted(
                        reject.line() + linesBefore,
                        reject.byteOffset(),
                        reject.reason(),
                        reject.text()));
    ByteArrayInputStream in = new ByteArrayInputStream(csv);
    if (from == 0) {
      return CsvBatchReader.openUntil(in, until, "in.csv", columns, FORMAT, 1, rejects);
    }
    ByteRange range = new ByteRange(from, until, firstRow);
    in.skip(range.firstByte());
    return CsvBatchReader.openRange(
        new ByteArrayInputStream(csv), in, range, "in.csv", columns, FORMAT, 1, rejects);
  }

  /** Some name of the header, or one that it lacks. */
  private static String firstName(byte[] csv) {
    try (RowScanner rows =
        new RowScanner(new ByteArrayInputStream(csv), FORMAT, RowScanner.DEFAULT_BUFFER)) {
      return CsvHeader.read(rows, FORMAT, "in.csv").names().get(0);
    } catch (IOException noHeader) {
      return "none";
    }
  }
}
