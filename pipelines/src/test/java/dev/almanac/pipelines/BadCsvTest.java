package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.reject.Reject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad CSV on the whole way through prepare: the same dataset to the byte, a reject that names its
 * place and leaves the other rows as they were, or a clear error. Never a wrong number.
 */
class BadCsvTest {
  private static final int WORK = 1;
  private static final String HEADER = "day,kind,x,y";

  @TempDir static Path calm;
  private static DatasetManifest expected;

  @TempDir Path folder;
  private Path data;

  /** The dataset of the rows as they should be. */
  @BeforeAll
  static void expect() throws IOException {
    Files.writeString(source(calm), text("\n"));
    expected = prepare(calm).dataset().manifest();
  }

  @BeforeEach
  void write() throws IOException {
    data = source(folder);
  }

  /** A folder with a config and a schema; returns where its source file is to be. */
  private static Path source(Path folder) throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        name: small
        source: {files: ["source/*"]}
        schema: schema.json
        columns: {label: y, numeric: [x], nominal: [kind], keep: [day]}
        split:
          column: day
          train: {until: 2020-02-01}
          validation: {from: 2020-02-01, until: 2020-02-15}
          test: {from: 2020-02-15}
        output: {dataset: datasets, row-group-rows: 64, files: 1}
        """);
    Files.writeString(
        folder.resolve("schema.json"),
        """
        {"format-version": 1, "columns": [
          {"name": "day", "type": "date", "date-form": "yyyy-MM-dd", "nullable": false},
          {"name": "kind", "type": "string", "nullable": true},
          {"name": "x", "type": "long", "nullable": true},
          {"name": "y", "type": "double", "nullable": true}]}
        """);
    return source.resolve("data.csv");
  }

  private static List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(
          "%s,caf\u00e9 %d,%d,%.2f"
              .formatted(LocalDate.of(2020, 1, 1).plusDays(i), i % 3, i % 17, 0.5 * (i % 17) + 1));
    }
    return rows;
  }

  private static String text(String lineBreak) {
    return HEADER + lineBreak + String.join(lineBreak, rows()) + lineBreak;
  }

  static List<Arguments> spellings() throws IOException {
    String plain = text("\n");
    return List.of(
        spelling("BOM", utf8("\uFEFF" + plain)),
        spelling("CR LF", utf8(text("\r\n"))),
        spelling("lone CR", utf8(text("\r"))),
        spelling("no final newline", utf8(plain.strip())),
        spelling("blank lines", utf8("\n" + plain.replace("\n", "\n\n"))),
        spelling("quotes", utf8(plain.replaceAll("([^,\n]+)", "\"$1\""))),
        spelling("blanks around numbers", utf8(plain.replaceAll(",(\\d+),", ", $1\t,"))),
        spelling("another order of columns", utf8(turned(plain))),
        spelling("gzip", gzip(utf8(plain))),
        spelling("gzip of two members", joined(gzip(utf8(head(plain))), gzip(utf8(tail(plain))))),
        spelling("UTF-16", plain.getBytes(StandardCharsets.UTF_16), "UTF-16"),
        spelling("windows-1252", plain.getBytes(Charset.forName("windows-1252")), "windows-1252"),
        spelling(
            "gzip of windows-1252",
            gzip(plain.getBytes(Charset.forName("windows-1252"))),
            "windows-1252"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spellings")
  void everySpellingGivesTheSameDataset(String name, byte[] csv, String encoding)
      throws IOException {
    Files.write(data, csv);
    Dataset dataset = prepare("--set", "source.encoding=" + encoding).dataset();
    assertExpected(dataset.manifest());
    assertEquals(0, dataset.manifest().totals().rejected());
  }

  @Test
  void quotedLineBreaksAreTextAndTheRowBehindThemKeepsItsLine() throws IOException {
    List<String> rows = rows();
    rows.set(3, rows.get(3).replace("caf\u00e9 0", "\"a\nb\r\nc\""));
    rows.set(5, "someday,k,1,1");
    Files.writeString(data, HEADER + "\n" + String.join("\n", rows));
    Reject reject = onlyReject(prepare("--set", "rejects.max-rows=1").dataset());
    assertEquals(9, reject.line());
  }

  static List<Arguments> badRows() {
    byte[] notUtf8 = utf8("2020-01-05,caf?,1,1");
    notUtf8[14] = (byte) 0xE9;
    return List.of(
        bad("ragged-row", null, "2020-01-05,k,1"),
        bad("ragged-row", null, "2020-01-05,k,1,1,1"),
        bad("malformed-quote", null, "2020-01-05,\"k\"k,1,1"),
        bad("repeated-header", null, HEADER),
        bad("row-too-long", null, "2020-01-05," + "k".repeat(2000) + ",1,1"),
        Arguments.of("invalid-utf8", "kind", notUtf8, "caf\uFFFD"),
        bad("missing", "day", ",k,1,1"),
        bad("not-a-date", "day", "2020-02-30,k,1,1"),
        bad("not-a-date", "day", "05.01.2020,k,1,1"),
        bad("not-an-integer", "x", "2020-01-05,k,1.5,1"),
        bad("out-of-range", "x", "2020-01-05,k,9223372036854775808,1"),
        bad("not-a-number", "y", "2020-01-05,k,1,\"1,5\""),
        bad("not-a-number", "y", "2020-01-05,k,1,twelve" + "x".repeat(300)),
        bad("not-finite", "y", "2020-01-05,k,1,NaN"),
        bad("out-of-range", "y", "2020-01-05,k,1,1e999"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("badRows")
  void aBadRowIsKeptWithItsPlaceAndChangesNoOther(
      String reason, String column, byte[] row, String text) throws IOException {
    List<String> rows = rows();
    byte[] before = utf8(HEADER + "\r\n" + String.join("\r\n", rows.subList(0, 10)) + "\r\n");
    byte[] after = utf8("\r\n" + String.join("\r\n", rows.subList(10, rows.size())));
    Files.write(data, joined(before, row, after));
    String place = "%s, line 12 (byte %d)".formatted(data, before.length);

    Call refused = prepare("--set", "source.max-row-bytes=1000");
    assertEquals(WORK, refused.status(), refused.err());
    assertTrue(
        refused.err().contains("Cannot prepare: 1 of the 61 rows read cannot be parsed"),
        refused.err());
    assertTrue(refused.err().contains("no more than rejects.max-rows: 0"), refused.err());
    assertTrue(refused.err().contains(place), refused.err());
    assertTrue(refused.err().contains(": " + reason + ": "), refused.err());
    assertFalse(refused.err().contains("\tat "), refused.err());
    assertNothingStaged();

    Dataset dataset =
        prepare("--set", "source.max-row-bytes=1000", "--set", "rejects.max-rows=1").dataset();
    assertExpected(dataset.manifest());
    RowCounts ledger = dataset.manifest().source().files().get(0).rows();
    assertEquals(61, ledger.read());
    assertEquals(1, ledger.rejected());
    assertTrue(ledger.balances());
    assertEquals(
        List.of(new DatasetManifest.ReasonCount(reason, 1)),
        dataset.manifest().source().rejects().reasons());
    Reject reject = onlyReject(dataset);
    assertEquals(data.toString(), reject.file());
    assertEquals(12, reject.line());
    assertEquals(before.length, reject.byteOffset());
    assertEquals(reason, reject.reason().text());
    assertEquals(column, reject.column());
    assertEquals(text.substring(0, Math.min(200, text.length())), reject.text());
  }

  @Test
  void anUnclosedQuoteIsOneRejectAndTheRowsBehindItAreRead() throws IOException {
    List<String> rows = rows();
    rows.set(40, rows.get(40).replace("caf\u00e9", "\"caf\u00e9"));
    Files.writeString(data, HEADER + "\n" + String.join("\n", rows) + "\n");
    for (String schema : List.of("schema.json", "inferred.json")) {
      Dataset dataset =
          prepare("--set", "rejects.max-rows=1", "--set", "schema=" + schema).dataset();
      Reject reject = onlyReject(dataset);
      assertEquals("unclosed-quote", reject.reason().text());
      assertEquals(42, reject.line());
      assertEquals(rows.get(40), reject.text());
      assertEquals(60, dataset.manifest().totals().read());
    }
  }

  @Test
  void filesPutTogetherAsTheyStoodGiveTheRowsOfBoth() throws IOException {
    Files.write(data, joined(utf8("\uFEFF" + text("\n")), utf8("\uFEFF" + text("\n"))));
    for (String schema : List.of("schema.json", "inferred.json")) {
      Dataset dataset =
          prepare("--set", "rejects.max-rows=1", "--set", "schema=" + schema).dataset();
      assertEquals("repeated-header", onlyReject(dataset).reason().text());
      assertEquals(121, dataset.manifest().totals().read());
    }
  }

  static List<Arguments> errors() throws IOException {
    byte[] packed = gzip(utf8(text("\n")));
    byte[] damaged = packed.clone();
    damaged[damaged.length - 6] ^= 1;
    return List.of(
        Arguments.of("an empty file", new byte[0], "data.csv: the file is empty"),
        Arguments.of("blank lines alone", utf8("\n\r\n"), "data.csv: the file is empty"),
        Arguments.of("a header alone", utf8(HEADER), "the source files hold no row"),
        Arguments.of("a header line alone", utf8(HEADER + "\n"), "the source files hold no row"),
        Arguments.of(
            "a name twice",
            utf8("day,kind,x,y,x\n2020-01-01,k,1,1,2\n"),
            "data.csv: two columns are named 'x' (columns 3 and 5)"),
        Arguments.of(
            "no date column",
            utf8("kind,x,y\nk,1,1\n"),
            "data.csv: column 'day' is missing and the schema does not allow nulls in it"),
        Arguments.of(
            "another encoding",
            text("\n").getBytes(StandardCharsets.UTF_16LE),
            "column 'day' is missing"),
        Arguments.of(
            "a header that is never closed",
            utf8("\"day,kind,x,y\n2020-01-01,k,1,1\n"),
            "the header has no cells that can be told apart (unclosed-quote)"),
        Arguments.of(
            "gzip cut short",
            Arrays.copyOf(packed, packed.length - 20),
            "data.csv: the gzip file is cut short"),
        Arguments.of("gzip damaged", damaged, "the gzip file is damaged"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("errors")
  void aFileThatCannotBeReadIsAClearError(String name, byte[] csv, String message)
      throws IOException {
    Files.write(data, csv);
    Call answer = prepare("--set", "rejects.max-share=1.0");
    assertEquals(WORK, answer.status(), answer.err());
    assertTrue(answer.err().contains("Cannot "), answer.err());
    assertTrue(answer.err().contains(message), answer.err());
    assertFalse(answer.err().contains("unexpected"), answer.err());
    assertFalse(answer.err().contains("\tat "), answer.err());
    assertNothingStaged();
  }

  @Test
  void aHeaderAloneBesideOtherFilesIsAFileWithoutRows() throws IOException {
    Files.writeString(data.resolveSibling("none.csv"), HEADER + "\n");
    Files.writeString(data, text("\n"));
    Dataset dataset = prepare().dataset();
    assertEquals(0, dataset.manifest().source().files().get(1).rows().read());
    assertEquals(60, dataset.manifest().totals().read());
  }

  @Test
  void aCellOfAGigabyteInAMegabyteOfGzipIsAReject() throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(data))) {
      out.write(utf8(HEADER + "\n2020-01-05,"));
      byte[] million = new byte[1 << 20];
      Arrays.fill(million, (byte) 'k');
      for (int i = 0; i < 1024; i++) {
        out.write(million);
      }
      out.write(utf8(",1,1\n" + String.join("\n", rows())));
    }
    assertTrue(Files.size(data) < 2 << 20, () -> data.toFile().length() + " bytes");
    Dataset dataset = prepare("--set", "rejects.max-rows=1").dataset();
    Reject reject = onlyReject(dataset);
    assertEquals("row-too-long", reject.reason().text());
    assertEquals(200, reject.text().length());
    assertExpected(dataset.manifest());
  }

  @Test
  void aMillionColumnsAreReadForTheFourThatCount() throws IOException {
    writeWith(1_000_000);
    // Read in ranges, so that shuffled rows come in another order.
    DatasetManifest wide = prepare("--set", "output.order=source").dataset().manifest();
    Files.writeString(data, HEADER + "\n" + String.join("\n", rows()));
    DatasetManifest narrow = prepare("--set", "output.order=source").dataset().manifest();
    assertEquals(narrow.parquet().splits(), wide.parquet().splits());
    assertEquals(narrow.hashes().transform(), wide.hashes().transform());
  }

  @Test
  void aHundredThousandColumnsAreInferredForTheFourThatCount() throws IOException {
    writeWith(100_000);
    Call answer = prepare("--set", "schema=inferred.json");
    assertEquals(expected.parquet().splits(), answer.dataset().manifest().parquet().splits());
    assertTrue(answer.err().lines().count() < 100, () -> answer.err().length() + " characters");
  }

  /** The rows, with so many empty columns behind them. */
  private void writeWith(int columns) throws IOException {
    StringBuilder more = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      more.append(",c").append(i);
    }
    try (OutputStream out = Files.newOutputStream(data)) {
      out.write(utf8(HEADER + more + "\n"));
      byte[] nothing = utf8(",".repeat(columns) + "\n");
      for (String row : rows()) {
        out.write(utf8(row));
        out.write(nothing);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "rejects={max-rows: 3}",
        "rejects={max-share: 0.05}",
        "rejects={max-rows: 3, max-share: 0.05}",
        "rejects={max-rows: 100, max-share: 0.05}",
        "rejects={max-rows: 3, max-share: 1}"
      })
  void theLimitMayBeReachedAndNotPassed(String limit) throws IOException {
    // 3 of 60 rows are 0.05 of them, 4 of 60 are not.
    for (int bad : new int[] {3, 4}) {
      List<String> rows = rows();
      for (int i = 0; i < bad; i++) {
        rows.set(10 * i, "someday,k,1,1");
      }
      Files.writeString(data, HEADER + "\n" + String.join("\n", rows));
      Call answer = prepare("--set", limit);
      if (bad == 3) {
        assertEquals(3, answer.dataset().manifest().source().rejects().rows());
      } else {
        assertEquals(WORK, answer.status());
        assertTrue(
            answer.err().contains("Cannot prepare: 4 of the 60 rows read cannot be parsed"),
            answer.err());
        for (String setting : limit.replaceAll(".*\\{|}", "").split(", ")) {
          String shown = "rejects." + setting.replaceFirst("1$", "");
          boolean unlimited = setting.equals("max-share: 1");
          assertTrue(unlimited || answer.err().contains(shown), shown + " in " + answer.err());
        }
        for (int line : new int[] {2, 12, 22, 32}) {
          assertTrue(answer.err().contains("line " + line + " ("), answer.err());
        }
        assertNothingStaged();
      }
    }
  }

  @Test
  void rubbishEndsTheWorkBeforeItIsReadToItsEnd() throws IOException {
    Files.writeString(data, HEADER + "\n" + "rubbish\n".repeat(100_000));
    Call answer = prepare("--set", "rejects.max-rows=5");
    assertEquals(WORK, answer.status());
    assertTrue(
        answer.err().contains("Cannot prepare: at least 1000 rows cannot be parsed"), answer.err());
    assertTrue(answer.err().contains("... and 995 more"), answer.err());
    assertNothingStaged();
  }

  private static Arguments spelling(String name, byte[] csv) {
    return spelling(name, csv, "UTF-8");
  }

  private static Arguments spelling(String name, byte[] csv, String encoding) {
    return Arguments.of(name, csv, encoding);
  }

  /** A bad row whose text is the cell in that column, or all of it. */
  private static Arguments bad(String reason, String column, String row) {
    int position = Arrays.asList(HEADER.split(",")).indexOf(column);
    String cell = position < 0 ? row : row.split(",", 4)[position].replace("\"", "");
    return Arguments.of(reason, column, utf8(row), cell);
  }

  /** The transform holds how files were read, which is not the same everywhere. */
  private static void assertExpected(DatasetManifest found) {
    assertEquals(expected.parquet().splits(), found.parquet().splits());
  }

  private static Reject onlyReject(Dataset dataset) throws IOException {
    List<String> files = dataset.manifest().source().rejects().files();
    assertEquals(1, files.size());
    List<String> lines = Files.readAllLines(Path.of(dataset.folder(), files.get(0)));
    assertEquals(1, lines.size(), lines::toString);
    JsonNode keys = Json.tree(lines.get(0), files.get(0));
    assertTrue(keys.has("byte-offset") && keys.has("reason"), lines::toString);
    return Json.read(lines.get(0), Reject.class, files.get(0));
  }

  private void assertNothingStaged() throws IOException {
    Path datasets = folder.resolve("datasets");
    if (Files.exists(datasets)) {
      try (Stream<Path> inside = Files.list(datasets)) {
        assertEquals(
            List.of(), inside.filter(p -> p.getFileName().toString().startsWith(".")).toList());
      }
    }
  }

  private Call prepare(String... options) {
    return prepare(folder, options);
  }

  private static Call prepare(Path folder, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("prepare", folder.resolve("config.yaml").toString(), "--json"));
    arguments.addAll(List.of(options));
    return Call.of(arguments.toArray(String[]::new));
  }

  private static String turned(String csv) {
    return csv.replaceAll("(?m)^([^,\n]*),([^,\n]*),([^,\n]*),([^,\n]*)$", "$4,$2,$1,$3");
  }

  private static String head(String csv) {
    return csv.substring(0, csv.length() / 2);
  }

  private static String tail(String csv) {
    return csv.substring(csv.length() / 2);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
