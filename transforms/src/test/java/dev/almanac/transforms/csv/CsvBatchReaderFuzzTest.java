package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Any text in any encoding, gzip or not, ends in rows and rejects, and where a second parser
 * accepts the text, in its rows and in the numbers that Java reads in them.
 */
class CsvBatchReaderFuzzTest {
  private static final int ROUNDS = 10_000;
  private static final List<String> CHARSETS =
      List.of("UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-32BE", "GB18030");

  @Test
  void anyTextInAnyEncodingIsReadAsASecondParserReadsIt() throws IOException {
    Random random = new Random(51);
    int accepted = 0;
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String lineBreak = round % 2 == 0 ? "\r" : "\n";
      String body =
          new String(CsvFuzz.next(random), StandardCharsets.ISO_8859_1)
              .replaceAll("\r\n|\r|\n", lineBreak);
      int columns = 1 + random.nextInt(4);
      String csv = header(columns) + lineBreak + body;
      String charset = CHARSETS.get(random.nextInt(CHARSETS.size()));
      byte[] bytes = csv.getBytes(charset);
      CsvRows.Table table =
          CsvRows.read(
              random.nextBoolean() ? gzip(bytes) : bytes,
              wanted(columns),
              CsvFormat.standard().withCharset(charset).withNulls(List.of("")),
              1 + random.nextInt(20),
              64 + random.nextInt(300));
      assertEquals(table.rowsRead(), table.rows().size() + table.rejects().size());
      List<List<String>> second = new ArrayList<>();
      boolean isValid = second(body, second);
      if (isValid && second.stream().anyMatch(row -> isRaggedOverLines(row, columns))) {
        // Rows or a quote that was never meant: see StrayQuoteTest.
        continue;
      }
      boolean isOpen = has(table, RejectReason.UNCLOSED_QUOTE);
      assertTrue(
          isValid
              ? !has(table, RejectReason.MALFORMED_QUOTE)
              : isOpen || has(table, RejectReason.MALFORMED_QUOTE),
          () -> csv);
      if (isValid && !isOpen) {
        accepted++;
        taken += table.rows().size();
        assertRows(second, columns, table, csv);
      }
    }
    assertTrue(accepted > ROUNDS / 10, accepted + " of " + ROUNDS);
    assertTrue(taken > ROUNDS / 5, taken + " rows");
  }

  private static boolean isRaggedOverLines(List<String> row, int columns) {
    return row.size() != columns && row.stream().anyMatch(cell -> cell.matches("(?s).*[\r\n].*"));
  }

  private static boolean has(CsvRows.Table table, RejectReason reason) {
    return table.rejects().stream().anyMatch(reject -> reject.reason() == reason);
  }

  private static void assertRows(
      List<List<String>> second, int columns, CsvRows.Table table, String csv) {
    List<Reject> rejects = new ArrayList<>(table.rejects());
    if (columns > 1) {
      // A blank line is no row to us, a quoted nothing is a ragged one; it sees no difference.
      second.removeIf(row -> row.equals(List.of("")));
      rejects.removeIf(
          reject -> reject.reason() == RejectReason.RAGGED_ROW && reject.text().equals("\"\""));
    }
    List<List<String>> expected = new ArrayList<>();
    int ragged = 0;
    int noNumber = 0;
    for (List<String> row : second) {
      String number = row.get(0).replaceAll("^[ \t]+|[ \t]+$", "");
      if (row.size() != columns) {
        ragged++;
      } else if (!number.matches("|[+-]?\\d{1,18}")) {
        noNumber++;
      } else {
        List<String> cells = new ArrayList<>(row);
        cells.replaceAll(cell -> cell.replaceAll("^[ \t]+|[ \t]+$", "").isEmpty() ? null : cell);
        cells.set(0, number.isEmpty() ? null : String.valueOf(Long.parseLong(number)));
        expected.add(cells);
      }
    }
    assertEquals(expected, table.rows(), () -> csv);
    assertEquals(
        ragged, Collections.frequency(reasons(rejects), RejectReason.RAGGED_ROW), () -> csv);
    assertEquals(ragged + noNumber, rejects.size(), () -> csv);
  }

  private static List<RejectReason> reasons(List<Reject> rejects) {
    return rejects.stream().map(Reject::reason).toList();
  }

  /** Numbers in the first column, text in the others. */
  private static List<SourceColumn> wanted(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(
            i ->
                new SourceColumn("c" + i, i == 0 ? ColumnType.LONG : ColumnType.STRING, null, true))
        .toList();
  }

  private static String header(int columns) {
    return String.join(",", IntStream.range(0, columns).mapToObj(i -> "c" + i).toList());
  }

  private static boolean second(String csv, List<List<String>> rows) throws IOException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .acceptCharsAfterQuotes(false)
            .skipEmptyLines(false)
            .ignoreDifferentFieldCount(true)
            .ofCsvRecord(csv)) {
      for (CsvRecord row : reader) {
        rows.add(row.getFields());
      }
      return true;
    } catch (CsvParseException e) {
      return false;
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
