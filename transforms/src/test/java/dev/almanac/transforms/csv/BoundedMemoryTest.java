package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that expand without end are read in the memory that the format allows. */
class BoundedMemoryTest {
  private static final int MAX_ROW = 1 << 20;
  private static final long HUGE = 300L << 20;
  private static final CsvFormat FORMAT = CsvFormat.standard().withMaxRowBytes(MAX_ROW);

  @Test
  void aHugePlainCellIsRejectedAndTheNextRowIsRead() throws IOException {
    assertRejected("1,", "x", "\n2,b\n", RejectReason.ROW_TOO_LONG, 1);
  }

  @Test
  void aHugeQuotedCellIsPassedOverToItsClosingQuote() throws IOException {
    assertRejected("1,\"", "3,not a row ", "\"\n2,b\n", RejectReason.ROW_TOO_LONG, 1);
  }

  @Test
  void aRowOfCountlessCellsIsRejected() throws IOException {
    assertRejected("1", ",", "\n2,b\n", RejectReason.ROW_TOO_LONG, 1);
  }

  @Test
  void aQuoteThatIsNeverClosedIsNamedAsSuch() throws IOException {
    assertRejected("1,\"", "3,not a row ", "", RejectReason.UNCLOSED_QUOTE, 0);
  }

  @Test
  void aHugeQuotedCellOfManyLinesCountsThemAll() throws IOException {
    InputStream in =
        new SequenceInputStream(
            new SequenceInputStream(bytes("a,b\n1,\""), endless("no row nor anything like it\n")),
            bytes("\"\n2,b\n"));
    long[] rejected = {0};
    try (CsvBatchReader reader =
        CsvBatchReader.open(in, "huge.csv", List.of(column("a")), FORMAT, 10, r -> rejected[0]++)) {
      assertEquals(1, reader.next().rows());
      assertEquals(null, reader.next());
      assertEquals(reader.lines(), 1 + reader.rowsRead());
      assertEquals(rejected[0], reader.rowsRead() - 1);
      assertTrue(reader.bytesInMemory() <= 2 * MAX_ROW, () -> reader.bytesInMemory() + " bytes");
    }
  }

  @Test
  void aMillionColumnsAreRead() throws IOException {
    int columns = 1_000_000;
    StringBuilder header = new StringBuilder("first");
    for (int i = 1; i < columns - 1; i++) {
      header.append(",c").append(i);
    }
    String row = "7" + ",".repeat(columns - 2) + ",8\n";
    byte[] csv = (header + ",last\n" + row.repeat(3)).getBytes(StandardCharsets.US_ASCII);
    List<SourceColumn> wanted = List.of(column("last"), column("first"));
    CsvRows.Table table =
        CsvRows.read(csv, wanted, CsvFormat.standard(), 10, RowScanner.DEFAULT_BUFFER);
    assertEquals(List.of(List.of("8", "7"), List.of("8", "7"), List.of("8", "7")), table.rows());
  }

  private static void assertRejected(
      String before, String repeated, String after, RejectReason reason, int goodRows)
      throws IOException {
    InputStream in =
        new SequenceInputStream(
            new SequenceInputStream(bytes("a,b\n" + before), endless(repeated)), bytes(after));
    List<Reject> rejects = new ArrayList<>();
    try (CsvBatchReader reader =
        CsvBatchReader.open(in, "huge.csv", List.of(column("a")), FORMAT, 10, rejects::add)) {
      int rows = 0;
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        rows += batch.rows();
      }
      assertEquals(goodRows, rows);
      assertEquals(1 + goodRows, reader.rowsRead());
      assertTrue(reader.bytesRead() > HUGE);
      assertTrue(reader.bytesInMemory() <= 2 * MAX_ROW, () -> reader.bytesInMemory() + " bytes");
    }
    assertEquals(1, rejects.size());
    assertEquals(reason, rejects.get(0).reason());
    assertEquals(2, rejects.get(0).line());
    assertEquals(4, rejects.get(0).byteOffset());
    assertEquals(Reject.MAX_TEXT, rejects.get(0).text().length());
  }

  private static SourceColumn column(String name) {
    return new SourceColumn(name, ColumnType.LONG, null, false);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The text over and over, whole, until it is huge. */
  private static InputStream endless(String text) {
    byte[] block = text.repeat(8192).getBytes(StandardCharsets.US_ASCII);
    return new InputStream() {
      private long left = HUGE / block.length + 1;
      private InputStream current = InputStream.nullInputStream();

      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = current.read(into, offset, length);
        while (count < 0 && left > 0) {
          left--;
          current = new ByteArrayInputStream(block);
          count = current.read(into, offset, length);
        }
        return count;
      }
    };
  }
}
