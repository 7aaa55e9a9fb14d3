package dev.almanac.transforms.csv.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.almanac.transforms.csv.CsvFuzz;
import dev.almanac.transforms.csv.CsvRows;
import dev.almanac.transforms.csv.PlainCsv;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.RejectReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Any bytes end in rows and problems, and in those that a second parser finds. */
class RowScannerFuzzTest {
  private static final CsvFormat FORMAT = CsvFormat.standard();
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");
  private static final int ROUNDS = 30_000;

  @Test
  void anyBytesAreReadAsAStrictSecondParserReadsThem() throws IOException {
    Random random = new Random(11);
    int accepted = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] csv = withOneLineBreak(CsvFuzz.next(random), round % 2 == 0 ? "\r" : "\n");
      List<CsvRows.Row> rows =
          CsvRows.scan(csv, FORMAT, RowScanner.DEFAULT_BUFFER, StandardCharsets.ISO_8859_1);
      List<List<String>> expected = new ArrayList<>();
      boolean isValid = second(csv, expected);
      boolean isUnclosed =
          !rows.isEmpty() && rows.get(rows.size() - 1).problem() == RejectReason.UNCLOSED_QUOTE;
      if (isValid && isUnclosed) {
        // The second parser lets the end of the file close a quote; we do not.
        rows.remove(rows.size() - 1);
        expected.remove(expected.size() - 1);
      }
      if (isValid) {
        accepted++;
        assertSameRows(expected, rows, csv);
      } else {
        refused++;
        assertTrue(
            rows.stream().anyMatch(row -> row.problem() == RejectReason.MALFORMED_QUOTE),
            () -> CsvFuzz.shown(csv));
        assertSameRows(expected, rows.subList(0, expected.size()), csv);
      }
    }
    assertTrue(accepted > ROUNDS / 10 && refused > ROUNDS / 10, accepted + ", " + refused);
  }

  @Test
  void smallBuffersGiveTheSameRows() throws IOException {
    Random random = new Random(12);
    for (int round = 0; round < ROUNDS / 4; round++) {
      byte[] csv = CsvFuzz.next(random);
      CsvFormat format = FORMAT.withMaxRowBytes(1 + random.nextInt(400));
      List<CsvRows.Row> expected =
          CsvRows.scan(csv, format, RowScanner.DEFAULT_BUFFER, StandardCharsets.ISO_8859_1);
      for (int buffer : new int[] {64, 65, 100, 127, 128, 129, 64 + random.nextInt(500)}) {
        assertEquals(
            expected,
            CsvRows.scan(csv, format, buffer, StandardCharsets.ISO_8859_1),
            () -> buffer + ": " + CsvFuzz.shown(csv));
      }
    }
  }

  @Test
  void readingFromTheOffsetOfARowGivesTheRowsFromThereOn() throws IOException {
    Random random = new Random(13);
    for (int round = 0; round < ROUNDS / 4; round++) {
      byte[] csv = CsvFuzz.next(random);
      List<CsvRows.Row> rows = CsvRows.scan(csv, FORMAT, 256, StandardCharsets.ISO_8859_1);
      if (!rows.isEmpty()) {
        int from = random.nextInt(rows.size());
        CsvRows.Row first = rows.get(from);
        byte[] rest = Arrays.copyOfRange(csv, (int) first.offset(), csv.length);
        List<CsvRows.Row> moved =
            CsvRows.scan(rest, FORMAT, 256, StandardCharsets.ISO_8859_1).stream()
                .map(
                    row ->
                        new CsvRows.Row(
                            row.line() + first.line() - 1,
                            row.offset() + first.offset(),
                            row.problem(),
                            row.cells()))
                .toList();
        assertEquals(rows.subList(from, rows.size()), moved, () -> CsvFuzz.shown(csv));
      }
    }
  }

  @Test
  void anyBytesAreReadByTheRules() throws IOException {
    Random random = new Random(14);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] csv = CsvFuzz.next(random);
      List<CsvRows.Row> expected = PlainCsv.read(new String(csv, StandardCharsets.ISO_8859_1));
      List<CsvRows.Row> rows =
          CsvRows.scan(csv, FORMAT, RowScanner.DEFAULT_BUFFER, StandardCharsets.ISO_8859_1);
      for (int i = 0; i < Math.min(rows.size(), expected.size()); i++) {
        assertEquals(expected.get(i), rows.get(i), () -> CsvFuzz.shown(csv));
      }
      assertEquals(expected.size(), rows.size(), () -> CsvFuzz.shown(csv));
    }
  }

  /**
   * All line breaks of one kind: FastCSV 3.2 passes over a line feed that ends a row when the cell
   * before it holds a carriage return, and so loses the row.
   */
  private static byte[] withOneLineBreak(byte[] csv, String lineBreak) {
    return LINE_BREAK
        .matcher(new String(csv, StandardCharsets.ISO_8859_1))
        .replaceAll(lineBreak)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean second(byte[] csv, List<List<String>> rows) throws IOException {
    String text = new String(csv, StandardCharsets.ISO_8859_1);
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .acceptCharsAfterQuotes(false)
            .skipEmptyLines(false)
            .ignoreDifferentFieldCount(true)
            .ofCsvRecord(text)) {
      for (CsvRecord row : reader) {
        rows.add(row.getFields());
      }
      return true;
    } catch (CsvParseException e) {
      return false;
    }
  }

  private static void assertSameRows(
      List<List<String>> expected, List<CsvRows.Row> rows, byte[] csv) {
    for (int i = 0; i < Math.min(expected.size(), rows.size()); i++) {
      int at = i;
      assertNull(rows.get(i).problem(), () -> rows.get(at) + " in " + CsvFuzz.shown(csv));
      assertEquals(expected.get(i), rows.get(i).cells(), () -> CsvFuzz.shown(csv));
    }
    assertEquals(expected.size(), rows.size(), () -> CsvFuzz.shown(csv));
  }
}
