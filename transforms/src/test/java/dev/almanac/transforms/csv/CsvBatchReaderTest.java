package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBatchReaderTest {
  private static final SourceColumn DAY =
      new SourceColumn("day", ColumnType.DATE, DateForm.ISO, false);
  private static final SourceColumn COUNT = nullable("count", ColumnType.LONG);
  private static final SourceColumn SIZE = nullable("size", ColumnType.DOUBLE);
  private static final SourceColumn NAME = nullable("name", ColumnType.STRING);

  @Test
  void columnsAreFoundByNameAndComeInTheOrderWanted() throws IOException {
    CsvRows.Table table =
        CsvRows.read(
            "name,other,size,\" count \",day\nJo,\"a,b\",1.50,\"  17\",2024-02-29\n",
            DAY,
            COUNT,
            SIZE,
            NAME);
    assertEquals(List.of(List.of("2024-02-29", "17", "1.5", "Jo")), table.rows());
    assertEquals(List.of(), table.rejects());
    assertEquals(1, table.rowsRead());
  }

  @Test
  void nullTextsAreComparedWithoutTheBlanksAndStringsKeepTheirs() throws IOException {
    CsvRows.Table table =
        CsvRows.read("count,name\n,\n NA ,\" NA\t\"\n\"\", N A \n NAN,NA NA\n", COUNT, NAME);
    assertEquals(
        List.of(Arrays.asList(null, null), Arrays.asList(null, null), Arrays.asList(null, " N A ")),
        table.rows());
    assertEquals(RejectReason.NOT_FINITE, table.rejects().get(0).reason());
  }

  @Test
  void aValueBehindALongCellIsItsOwnAlsoWhenTheCellBeforeWasTheSame() throws IOException {
    SourceColumn number = new SourceColumn("x", ColumnType.DOUBLE, null, true);
    SourceColumn integer = new SourceColumn("n", ColumnType.LONG, null, true);
    String longNumber = "0.12345678901234567";
    String longInteger = "9223372036854775807";
    CsvRows.Table table =
        CsvRows.read(
            "x,n\n50,7\n%s,%s\n50,7\n".formatted(longNumber, longInteger), number, integer);
    assertEquals(
        List.of(
            List.of("50.0", "7"),
            List.of("" + Double.parseDouble(longNumber), longInteger),
            List.of("50.0", "7")),
        table.rows());
    String blanks = " ".repeat(30);
    assertEquals(
        List.of("50.0", "3.0", "50.0"),
        CsvRows.read("x\n50\n%s3\n50\n".formatted(blanks), number).rows().stream()
            .map(row -> row.get(0))
            .toList());
  }

  @Test
  void aNullableColumnThatTheFileLacksIsNullInEveryRow() throws IOException {
    CsvRows.Table table = CsvRows.read("count\n1\n2\n", COUNT, NAME);
    assertEquals(List.of(Arrays.asList("1", null), Arrays.asList("2", null)), table.rows());
  }

  @Test
  void aRequiredColumnThatTheFileLacksIsAnErrorThatNamesTheColumnsThereAre() {
    assertMessage(
        "Cannot read in.csv: column 'day' is missing and the schema does not allow nulls in it"
            + " (the columns are count, name)",
        "count,name\n1,a\n",
        DAY);
  }

  @Test
  void aWantedNameThatStandsTwiceIsAnErrorAndAnotherIsNot() throws IOException {
    assertMessage(
        "Cannot read in.csv: two columns are named 'count' (columns 1 and 3)",
        "count,name,count\n1,a,2\n",
        COUNT);
    assertEquals(List.of(List.of("a")), CsvRows.read("x,name,x\n1,a,2\n", NAME).rows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\r\n", "\uFEFF"})
  void aFileWithoutAHeaderIsAnError(String csv) {
    assertMessage("Cannot read in.csv: the file is empty (a header is required)", csv, COUNT);
  }

  @Test
  void aHeaderThatIsNoTextIsAnError() {
    byte[] utf16 = "count,name\n1,a\n".getBytes(StandardCharsets.UTF_16BE);
    utf16[0] = (byte) 0xC0;
    IOException error =
        assertThrows(
            IOException.class,
            () -> CsvRows.read(utf16, List.of(COUNT), CsvFormat.standard(), 10, 64));
    assertEquals(
        "Cannot read in.csv: the header is not in the charset UTF-8 (column 1); every other byte is"
            + " NUL, as in text of two bytes each: set source.encoding: UTF-16BE if that is how it"
            + " is meant",
        error.getMessage());
    assertMessage(
        "Cannot read in.csv: the header has no cells that can be told apart (unclosed-quote)",
        "\"count,name\n1,a\n",
        COUNT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"count,name", "count,name\n", "count,name\r\n\r\n", "count,name\r"})
  void aHeaderAloneHasNoRows(String csv) throws IOException {
    CsvRows.Table table = CsvRows.read(csv, COUNT);
    assertEquals(List.of(), table.rows());
    assertEquals(0, table.rowsRead());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void everyLineBreakEndsARowAndTheLastOneMayLack(String lineBreak) throws IOException {
    String csv = String.join(lineBreak, "\uFEFFcount,name", "1,\"a\nb\"", "2,c");
    List<List<String>> expected = List.of(List.of("1", "a\nb"), List.of("2", "c"));
    assertEquals(expected, CsvRows.read(csv, COUNT, NAME).rows());
    assertEquals(expected, CsvRows.read(csv + lineBreak, COUNT, NAME).rows());
  }

  @Test
  void blankLinesAreRowsOnlyInAFileOfOneColumn() throws IOException {
    assertEquals(
        List.of(List.of("1"), List.of("2")),
        CsvRows.read("\ncount,x\n1,\n\n\n2,\n\n", COUNT).rows());
    CsvRows.Table one = CsvRows.read("count\n1\n\n2\n", COUNT);
    assertEquals(
        Arrays.asList(List.of("1"), Arrays.asList((String) null), List.of("2")), one.rows());
    assertEquals(3, one.rowsRead());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "17,not-a-date,day,17",
        "`2024-02-30,1`,not-a-date,day,2024-02-30",
        "`2024-02-28,x1`,not-a-number,count,x1",
        "`2024-02-28,1.5`,not-an-integer,count,1.5",
        "`2024-02-28,9223372036854775808`,out-of-range,count,9223372036854775808",
        "`2024-02-28,nan`,not-finite,count,nan",
        "`2024-02-28,1,1e999`,out-of-range,size,1e999",
        "`2024-02-28,1,-Infinity`,not-finite,size,-Infinity",
        "`2024-02-28,1,0x1p3`,not-a-number,size,0x1p3",
        "`2024-02-28,1,\"1,000\"`,not-a-number,size,`1,000`",
        "`,1`,missing,day,``",
      })
  void aBadCellRejectsItsRowAndNamesItsPlace(String row, String reason, String column, String text)
      throws IOException {
    String cells = row + ",".repeat(3 - (int) unquoted(row).chars().filter(c -> c == ',').count());
    String before = "day,count,size,name\n2024-01-01,1,1,\"two\nlines\"\n";
    CsvRows.Table table =
        CsvRows.read(before + cells + "\n2024-01-02,2,2,b\n", DAY, COUNT, SIZE, NAME);
    assertEquals(
        List.of(new Reject("in.csv", 4, before.length(), column, RejectReason.of(reason), text)),
        table.rejects());
    assertEquals(2, table.rows().size());
    assertEquals(3, table.rowsRead());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`1`,ragged-row",
        "`1,a,b`,ragged-row",
        "`\"\"`,ragged-row",
        "`1,\"a\"b`,malformed-quote",
        "`1,\"a\" `,malformed-quote"
      })
  void aBadRowIsRejectedAsAWholeAndTheNextOneIsRead(String row, String reason) throws IOException {
    CsvRows.Table table = CsvRows.read("count,name\n" + row + "\n2,c\n", COUNT, NAME);
    assertEquals(
        List.of(new Reject("in.csv", 2, 11, null, RejectReason.of(reason), row)), table.rejects());
    assertEquals(List.of(List.of("2", "c")), table.rows());
    assertEquals(2, table.rowsRead());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF"})
  void theHeaderOnceMoreIsARejectAndNeverData(String mark) throws IOException {
    String first = "\uFEFFname,\"x\"\r\nname,1\r\n";
    String csv = first + mark + "name,\"x\"\r\nb,2\r\nname,x\r\n";
    SourceColumn x = nullable("x", ColumnType.STRING);
    CsvRows.Table table = CsvRows.read(csv, NAME, x);
    assertEquals(
        List.of(
            new Reject(
                "in.csv",
                3,
                first.getBytes(StandardCharsets.UTF_8).length,
                null,
                RejectReason.REPEATED_HEADER,
                mark + "name,\"x\"")),
        table.rejects());
    // The last row is not the header to the byte: it may be a row.
    assertEquals(
        List.of(List.of("name", "1"), List.of("b", "2"), List.of("name", "x")), table.rows());
  }

  @Test
  void anUnclosedQuoteCostsItsLineWhereRowsFollow() throws IOException {
    CsvRows.Table table = CsvRows.read("count,name\n1,a\n2,\"b\n3,c\n", COUNT, NAME);
    assertEquals(List.of(List.of("1", "a"), List.of("3", "c")), table.rows());
    assertEquals(
        List.of(new Reject("in.csv", 3, 15, null, RejectReason.UNCLOSED_QUOTE, "2,\"b")),
        table.rejects());
    assertEquals(3, table.rowsRead());
  }

  @Test
  void anUnclosedQuoteBeforeTextThatIsNoRowsIsARejectForEachLine() throws IOException {
    CsvRows.Table table = CsvRows.read("count,name\n1,a\n2,\"b\nwell\r\n\nso\n", COUNT, NAME);
    assertEquals(
        List.of(
            new Reject("in.csv", 3, 15, null, RejectReason.UNCLOSED_QUOTE, "2,\"b\nwell\r\n\nso\n"),
            new Reject("in.csv", 4, 20, null, RejectReason.UNCLOSED_QUOTE, "well"),
            new Reject("in.csv", 5, 26, null, RejectReason.UNCLOSED_QUOTE, ""),
            new Reject("in.csv", 6, 27, null, RejectReason.UNCLOSED_QUOTE, "so")),
        table.rejects().subList(0, 4));
    assertEquals(List.of(List.of("1", "a")), table.rows());
    assertEquals(table.rowsRead(), 1 + table.rejects().size());
  }

  @Test
  void bytesThatAreNoTextRejectARowOnlyWhereTheyAreNeeded() throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    csv.writeBytes("count,name,other\n1,a".getBytes(StandardCharsets.UTF_8));
    csv.write(0xC3);
    csv.writeBytes(",x\n2,b,".getBytes(StandardCharsets.UTF_8));
    csv.write(0xFF);
    csv.writeBytes("\n".getBytes(StandardCharsets.UTF_8));
    csv.write(0x80);
    csv.writeBytes(",c,z\n".getBytes(StandardCharsets.UTF_8));
    CsvRows.Table table =
        CsvRows.read(csv.toByteArray(), List.of(COUNT, NAME), CsvFormat.standard(), 10, 64);
    assertEquals(List.of(List.of("2", "b")), table.rows());
    assertEquals(List.of("name", "count"), table.rejects().stream().map(Reject::column).toList());
    assertTrue(table.rejects().stream().allMatch(r -> r.reason() == RejectReason.INVALID_UTF8));
    assertEquals("a\uFFFD", table.rejects().get(0).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"windows-1252", "ISO-8859-15", "UTF-16", "UTF-16LE", "UTF-32BE", "GB18030"})
  void otherEncodingsGiveTheSameRows(String charset) throws IOException {
    String text = "count,name\n1,\u00e9t\u00e9\n" + "2,\u20ac\"\n".repeat(5000) + "3,\"\u00df,\"\n";
    CsvRows.Table expected =
        CsvRows.read(
            text.getBytes(StandardCharsets.UTF_8),
            List.of(COUNT, NAME),
            CsvFormat.standard(),
            99,
            64);
    CsvRows.Table table =
        CsvRows.read(
            text.getBytes(charset),
            List.of(COUNT, NAME),
            CsvFormat.standard().withCharset(charset),
            99,
            64);
    assertEquals(expected, table);
  }

  @Test
  void bytesThatAreNoTextInAnotherEncodingRejectTheirRow() throws IOException {
    byte[] csv = "count,name\n1,\u0081\n2,b\n".getBytes(StandardCharsets.ISO_8859_1);
    CsvRows.Table table =
        CsvRows.read(
            csv, List.of(COUNT, NAME), CsvFormat.standard().withCharset("windows-1252"), 10, 64);
    assertEquals(List.of(List.of("2", "b")), table.rows());
    assertEquals(RejectReason.INVALID_UTF8, table.rejects().get(0).reason());
  }

  @Test
  void batchesAndBuffersNeverChangeARowOrAReject() throws IOException {
    Random random = new Random(21);
    List<SourceColumn> wanted =
        List.of(
            nullable("c2", ColumnType.STRING),
            nullable("c0", ColumnType.LONG),
            nullable("c1", ColumnType.DOUBLE));
    for (int round = 0; round < 3000; round++) {
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      csv.writeBytes("c0,c1,c2,c3\n".getBytes(StandardCharsets.US_ASCII));
      csv.writeBytes(CsvFuzz.next(random));
      csv.writeBytes("\n1,2,x,\n 3 ,\" 4.5\",\"a\"\"b\",y".getBytes(StandardCharsets.US_ASCII));
      byte[] bytes = csv.toByteArray();
      CsvFormat format = CsvFormat.standard().withMaxRowBytes(20 + random.nextInt(400));
      CsvRows.Table expected = CsvRows.read(bytes, wanted, format, 1000, 1 << 16);
      assertEquals(expected.rowsRead(), expected.rows().size() + expected.rejects().size());
      for (int batch : new int[] {1, 2, 7}) {
        int buffer = 64 + random.nextInt(200);
        assertEquals(expected, CsvRows.read(bytes, wanted, format, batch, buffer));
      }
    }
  }

  @Test
  void theTextOfARejectIsCutAndNeverInsideACharacter() throws IOException {
    String cell = "x".repeat(199) + "\uD83D\uDE00".repeat(300);
    Reject reject = CsvRows.read("count,name\n" + cell + ",\n", COUNT).rejects().get(0);
    assertEquals("x".repeat(199), reject.text());
  }

  @Test
  void delimiterAndQuoteAreThoseOfTheFormat() throws IOException {
    CsvFormat format =
        CsvFormat.standard()
            .withDelimiter('\t')
            .withQuote('\'')
            .withNulls(List.of("-9999", "\u00e9"));
    byte[] csv = "count\tname\n-9999\t'a\tb'\n3\t\u00e9\n4\t\"\n".getBytes(StandardCharsets.UTF_8);
    List<List<String>> expected = new ArrayList<>();
    expected.add(Arrays.asList(null, "a\tb"));
    expected.add(Arrays.asList("3", null));
    expected.add(List.of("4", "\""));
    assertEquals(expected, CsvRows.read(csv, List.of(COUNT, NAME), format, 10, 64).rows());
  }

  @Test
  void aFormatThatCannotBeIsRefusedWithAllThatIsWrong() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                CsvFormat.standard()
                    .with()
                    .delimiter('\n')
                    .quote('\n')
                    .charset("UTF-9")
                    .nulls(List.of(" x"))
                    .maxRowBytes(0)
                    .build());
    assertEquals(
        "Cannot use CSV format: the delimiter is an ASCII character and no line break; the quote is"
            + " an ASCII character and no blank; delimiter and quote differ; the charset is one"
            + " that Java knows ('UTF-9'); a null text has no blanks around it (' x'); a row has 1"
            + " to 1073741824 bytes at most (0)",
        error.getMessage());
  }

  private static SourceColumn nullable(String name, ColumnType type) {
    return new SourceColumn(name, type, null, true);
  }

  private static void assertMessage(String message, String csv, SourceColumn... wanted) {
    IOException error = assertThrows(IOException.class, () -> CsvRows.read(csv, wanted));
    assertEquals(message, error.getMessage());
  }

  private static String unquoted(String row) {
    return row.replaceAll("\"[^\"]*\"", "");
  }
}
