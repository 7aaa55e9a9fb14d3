package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.problem.Notice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are written in other ways than ours: read with a setting, which is named without it.
 */
class DialectCasesTest {
  private static final String CONFIG =
      """
      name: c
      source:
        files: ["data/*"]
      %s
      columns: {label: y, numeric: [x], nominal: [cat], keep: [day]}
      split:
        column: day
        train: {until: 2020-03-01}
        validation: {from: 2020-03-01, until: 2020-04-01}
        test: {from: 2020-04-01}
      output: {dataset: out/ds, files: 1, order: source}
      """;

  @TempDir Path folder;

  @Test
  void filesWithoutAHeaderAreReadByTheNamesGiven() throws IOException {
    CaseFolder all = CaseFolder.of("05b-all-headerless", folder);
    String error = all.run("prepare", "c.yaml").error(2);
    assertTrue(error.contains("its first row looks like data and no header"), error);
    assertTrue(error.contains("header: [the columns' names] or header: none"), error);
    String names = "[ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME]";
    DatasetManifest read =
        all.run("prepare", "c.yaml", "--set", "source.header=" + names).manifest();
    assertEquals(lines(all.path("data")), read.totals().read());
    assertEquals(0, read.totals().rejected());

    CaseFolder among = CaseFolder.of("05-headerless-among", folder);
    String one = among.run("prepare", "c.yaml").error(1);
    assertTrue(one.contains("2021.csv") && one.contains("looks like data and no header"), one);
    DatasetManifest mixed =
        among.run("prepare", "c.yaml", "--set", "source.header=" + names).manifest();
    assertEquals(lines(among.path("data")) - 2, mixed.totals().read());
    assertEquals(0, mixed.totals().rejected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"16-trailing-comma", "b16b-all-rows-rejected"})
  void rowsThatEndInADelimiterMoreThanTheHeaderKeepTheirHeader(String name) throws IOException {
    CaseFolder files = CaseFolder.of(name, folder);
    String said = files.run("prepare", "c.yaml").err();
    assertTrue(
        said.contains(
            "every row ends in a delimiter that the header lacks (6 cells, the header has 5)"),
        said);
    assertFalse(said.contains("skip-rows") || said.contains("source.header"), said);
    // What is said to help does.
    Path csv = files.path("data", "a.csv");
    long rows = lines(files.path("data")) - 1;
    Files.writeString(csv, Files.readString(csv).replaceFirst("\n", ",\n"));
    DatasetManifest read = files.run("prepare", "c.yaml").manifest();
    assertEquals(rows, read.totals().read());
    assertEquals(0, read.totals().rejected());
    assertEquals(
        List.of(), read.notices().stream().filter(n -> n.kind() == Notice.Kind.HINT).toList());
  }

  @Test
  void columnsWithoutNamesAreNumbered() throws IOException {
    CaseFolder all = CaseFolder.of("05b-all-headerless", folder);
    DatasetManifest read =
        all.run(
                "prepare",
                "c.yaml",
                "--set",
                "source.header=none",
                "--set",
                "columns={label: column4, nominal: [column1, column3], keep: [column2]}",
                "--set",
                "split.column=column2")
            .manifest();
    assertEquals(lines(all.path("data")), read.totals().read());
  }

  @Test
  void aFileOfAnotherDelimiterIsNamedWithIt() throws IOException {
    String error = CaseFolder.of("06-other-delimiter", folder).run("prepare", "c.yaml").error(1);
    assertTrue(error.contains("b.csv"), error);
    assertTrue(error.contains("its header is one cell that holds ';'"), error);
    assertTrue(error.contains("source.delimiter: \";\""), error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "17-preamble|source.comment='#'|source.comment: \"#\"",
        "17-preamble|source.skip-rows=2|source.comment: \"#\"",
        "17b-preamble2|source.skip-rows=3|source.skip-rows: 3",
        "17c-units-row|source.units-row=true|source.units-row: true",
        "18-decimal-comma|source.decimal=','|source.decimal: \",\"",
        "18b-thousands|source.thousands=','|source.thousands: \",\""
      })
  void aSettingIsNamedAndReadsEveryRow(String name, String setting, String hint)
      throws IOException {
    CaseFolder files = CaseFolder.of(name, folder);
    var refused = files.run("prepare", "c.yaml");
    String error = refused.err();
    assertTrue(refused.status() == 1 || refused.status() == 2, error);
    assertTrue(error.contains("set " + hint + " if"), error);
    assertFalse(error.contains("cast"), error);
    DatasetManifest read = files.run("prepare", "c.yaml", "--set", setting).manifest();
    assertEquals(800, read.totals().read());
    assertEquals(0, read.totals().rejected());
    assertEquals(0, read.totals().dropped());
  }

  @Test
  void thousandsAreWhatTheySay() throws IOException {
    CaseFolder files = CaseFolder.of("18b-thousands", folder);
    var scaled =
        files
            .run(
                "prepare", "c.yaml", "--set", "source.thousands=','", "--set", "fit.numeric=[none]")
            .dataset();
    assertEquals(800, scaled.manifest().totals().read());
  }

  @Test
  void blanksThatMakeAnotherCategoryAreSaidAndTrimmed() throws IOException {
    CaseFolder files = CaseFolder.of("20-whitespace", folder);
    String error = files.run("prepare", "c.yaml").err();
    assertTrue(error.contains("source.trim: true"), error);
    DatasetManifest read = files.run("prepare", "c.yaml", "--set", "source.trim=true").manifest();
    assertEquals(0, read.totals().rejected() + read.totals().dropped());
  }

  @Test
  void quotesEscapedByBackslashesAreNamedAndRead() throws IOException {
    CaseFolder files = CaseFolder.of("31-backslash", folder);
    String error = files.run("prepare", "c.yaml").error(1);
    assertTrue(error.contains("source.escape: \"\\\\\""), error);
    DatasetManifest read = files.run("prepare", "c.yaml", "--set", "source.escape=\\").manifest();
    assertEquals(lines(files.path("data")) - 1, read.totals().read());
    assertEquals(0, read.totals().rejected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bz2", "xz", "zip", "plain-gz"})
  void packedFilesAreReadByWhatTheyHold(String kind) throws IOException {
    CaseFolder files = CaseFolder.of("32-compression", folder);
    DatasetManifest read =
        files.run("prepare", "c.yaml", "--set", "source.files=[%s/*]".formatted(kind)).manifest();
    assertEquals(800, read.totals().read());
    assertEquals(0, read.totals().rejected());
  }

  @Test
  void aZipOfTwoFilesIsNamedWithBoth() throws IOException {
    CaseFolder files = CaseFolder.in(folder);
    files.write("c.yaml", CONFIG.formatted(""));
    Files.createDirectories(folder.resolve("data"));
    try (OutputStream out = Files.newOutputStream(folder.resolve("data/a.zip"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : List.of("a.csv", "b.csv")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(rows(',').getBytes(StandardCharsets.UTF_8));
      }
    }
    String error = files.run("prepare", "c.yaml").error(1);
    assertTrue(error.contains("a zip file may hold one file (it holds a.csv, b.csv)"), error);
  }

  @Test
  void utf16IsReadByItsMarkAndNamedWithoutOne() throws IOException {
    CaseFolder files = CaseFolder.of("33-utf16", folder);
    assertEquals(800, files.run("prepare", "c.yaml").manifest().totals().read());
    for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
      CaseFolder bare = CaseFolder.in(folder.resolve(charset));
      bare.write("c.yaml", CONFIG.formatted(""));
      Files.createDirectories(bare.path("data"));
      Files.writeString(bare.path("data", "a.csv"), rows(','), Charset.forName(charset));
      var answer = bare.run("prepare", "c.yaml");
      assertTrue(answer.status() != 0, answer.err());
      assertTrue(answer.err().contains("source.encoding: " + charset), answer.err());
      assertEquals(
          60,
          bare.run("prepare", "c.yaml", "--set", "source.encoding=" + charset)
              .manifest()
              .totals()
              .read());
    }
  }

  @Test
  void bytesThatAreNoUtf8AskForTheirEncoding() throws IOException {
    CaseFolder files = CaseFolder.of("33b-latin1", folder);
    var answer = files.run("prepare", "c.yaml");
    assertTrue(answer.status() == 1, answer.err());
    assertTrue(answer.err().contains("windows-1252"), answer.err());
    DatasetManifest read =
        files.run("prepare", "c.yaml", "--set", "source.encoding=windows-1252").manifest();
    assertEquals(0, read.totals().rejected());
  }

  @Test
  void lineBreaksAndQuotesInCellsAreCategoriesAsBefore() throws IOException {
    CaseFolder files = CaseFolder.of("35-vocab", folder);
    assertEquals(0, files.run("prepare", "c.yaml").manifest().totals().rejected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-quote.csv", "two-quotes.csv"})
  void aStrayQuoteCostsItsLine(String file) throws IOException {
    CaseFolder files = CaseFolder.of("b01-stray-quote-swallows", folder);
    DatasetManifest read =
        files.run("prepare", "c.yaml", "--set", "source.files=[%s]".formatted(file)).manifest();
    int quotes = file.startsWith("one") ? 1 : 2;
    assertEquals(1000, read.totals().read());
    assertEquals(quotes, read.totals().rejected());
  }

  @Test
  void aCellOfThirtyMegabytesIsAValueOrAReject() throws IOException {
    CaseFolder files = CaseFolder.of("b22-big-cell", folder);
    StringBuilder csv = new StringBuilder("day,id,x,cat,y\n");
    for (int i = 1; i <= 9; i++) {
      csv.append("202%d-0%d-01,%d,1.5,A,2.5\n".formatted(i % 2, i, i));
    }
    csv.append("2020-01-05,5,1.0,").append("A".repeat(30_000_000)).append(",2.0\n");
    files.write("data/a.csv", csv.toString());
    DatasetManifest read = files.run("prepare", "c.yaml").manifest();
    assertEquals(10, read.totals().read());
    assertEquals(0, read.totals().rejected());
    String error = files.run("prepare", "c.yaml", "--set", "source.max-row-bytes=1000000").error(1);
    assertTrue(error.contains("row-too-long") && error.contains("source.max-row-bytes"), error);
  }

  @Test
  void numbersThatMeanMissingDoSoHoweverTheyAreWritten() throws IOException {
    CaseFolder files = CaseFolder.in(folder);
    files.write(
        "c.yaml", CONFIG.formatted("  nulls: [\"\", \"-9999\"]\n  null-values: {cat: [M]}"));
    files.write(
        "data/a.csv",
        """
        day,cat,x,y
        2020-01-01,a,1.5,1
        2020-01-02,M,-9999.0,2
        2020-01-03,b,-9999.00,-9999.0
        2020-01-04,b,-9999,4
        2020-03-02,b,2.5,5
        2020-04-02,b,2.5,6
        """);
    DatasetManifest read = files.run("prepare", "c.yaml").manifest();
    assertEquals(6, read.totals().read());
    assertEquals(1, read.totals().dropped());
    String schema =
        Files.readString(Path.of(files.run("prepare", "c.yaml").dataset().folder(), "schema.json"));
    assertTrue(schema.contains("\"nulls\" : 3"), schema);
  }

  @Test
  void quoteNullIsRefusedAndNoneMeansThatQuotesAreText() throws IOException {
    CaseFolder files = CaseFolder.in(folder);
    files.write("c.yaml", CONFIG.formatted(""));
    files.write("data/a.csv", rows(',').replace("c0", "\"c0"));
    assertTrue(
        files
            .run("prepare", "c.yaml", "--set", "source.quote=null")
            .error(2)
            .contains("source.quote: must be one character, or the word none (null)"));
    DatasetManifest read = files.run("prepare", "c.yaml", "--set", "source.quote=none").manifest();
    assertEquals(60, read.totals().read());
    assertEquals(0, read.totals().rejected());
  }

  @Test
  void everythingAtOnceIsReadAsItsPlainForm() throws IOException {
    CaseFolder plain = CaseFolder.in(folder.resolve("plain"));
    plain.write("c.yaml", CONFIG.formatted(""));
    plain.write("data/a.csv", rows(','));
    DatasetManifest expected = plain.run("prepare", "c.yaml").manifest();
    CaseFolder odd = CaseFolder.in(folder.resolve("odd"));
    odd.write(
        "c.yaml",
        CONFIG.formatted(
            """
              delimiter: ";"
              quote: "'"
              escape: "\\\\"
              comment: "!"
              skip-rows: 2
              units-row: true
              decimal: ","
              thousands: "."
              trim: true
            """));
    odd.write(
        "data/a.csv",
        "made by 'a logger\n;;;;;;\n! made\nday;cat;x;y\n-;-;m;mm\n"
            + rows(';').lines().skip(1).reduce("", (all, row) -> all + odd(row) + "\n! 'note\n"));
    DatasetManifest read = odd.run("prepare", "c.yaml").manifest();
    assertEquals(60, read.totals().read());
    assertEquals(0, read.totals().rejected());
    assertEquals(expected.parquet().splits(), read.parquet().splits());
    assertEquals(
        List.of(), read.notices().stream().filter(n -> n.kind() == Notice.Kind.HINT).toList());
  }

  /** The same row in a dialect that has everything. */
  private static String odd(String row) {
    String[] cells = row.split(";");
    return "%s ; ' %s ';1.%s;%s"
        .formatted(cells[0], cells[1], cells[2].substring(1).replace(".", ","), cells[3]);
  }

  private static String rows(char delimiter) {
    StringBuilder rows = new StringBuilder("day,cat,x,y\n");
    for (int i = 0; i < 60; i++) {
      rows.append(
          "2020-0%d-%02d,c%d,10%02d.5,%d\n".formatted(1 + i / 15, 1 + i % 15, i % 3, i, i % 7));
    }
    return rows.toString().replace(',', delimiter);
  }

  private static long lines(Path data) throws IOException {
    long lines = 0;
    try (var files = Files.list(data)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        lines += Files.readString(file, StandardCharsets.ISO_8859_1).lines().count();
      }
    }
    return lines;
  }
}
