package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.problem.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a column is read as: codes, single bad cells, dates, columns that are not there. */
class TypesCasesTest {
  @TempDir Path folder;

  private static final String CONFIG =
      """
      name: c
      source: {files: ["data/*.csv"]}
      columns: {label: y, numeric: [x], nominal: [s], keep: [%s]}
      split:
        column: %s
        train: {until: 2020-03-01}
        validation: {from: 2020-03-01, until: 2020-04-01}
        test: {from: 2020-04-01}
      output: {dataset: out/ds, files: 1, order: source}
      """;

  @ParameterizedTest
  @CsvSource({
    "01-leading-zeros,fips,5",
    "01b-plus-phone,phone,0",
    "02-long-ids,id,6",
    "03-sci-codes,code,0",
    "03-sci-codes,version,0"
  })
  void codesStayWhatTheyAre(String name, String column, int categories) throws Exception {
    CaseFolder cases = CaseFolder.of(name, folder);
    Dataset dataset = cases.run("prepare", "c.yaml").dataset();
    List<String> stood = cells(cases.path("data", "a.csv"), column);
    List<String> kept = kept(dataset, column);
    stood.sort(null);
    kept.sort(null);
    assertEquals(stood, kept);
    int distinct = new TreeSet<>(stood).size();
    assertTrue(categories == 0 || categories == distinct);
    assertEquals(
        distinct + 2,
        dataset.manifest().columns().nominal().stream()
            .filter(category -> category.name().equals(column))
            .findFirst()
            .orElseThrow()
            .cardinality());
    Notice notice = notice(dataset.manifest(), Notice.Kind.KEPT_AS_TEXT);
    assertTrue(notice.text().contains("stays text, for as a number"), notice.text());
    assertTrue(Files.readString(Path.of(dataset.folder(), "schema.json")).contains("\"note\""));
  }

  @ParameterizedTest
  @CsvSource({
    "43-one-bad-cell,ERR,not-a-number",
    "43d-one-bad-label,n/a,not-a-number",
    "43b-one-bad-date,2019-02-29,not-a-date"
  })
  void oneBadCellIsOneReject(String name, String text, String reason) throws IOException {
    CaseFolder cases = CaseFolder.of(name, folder);
    DatasetManifest manifest = cases.run("prepare", "c.yaml").manifest();
    assertEquals(800, manifest.totals().read());
    assertEquals(1, manifest.totals().rejected());
    assertEquals(reason, manifest.source().rejects().reasons().get(0).reason());
    String error = cases.run("prepare", "c.yaml", "--set", "rejects.max-rows=0").error(1);
    assertTrue(error.contains("a.csv, line 302 (byte "), error);
    assertTrue(error.contains(text), error);
  }

  @Test
  void aColumnThatIsNoNumberAnywhereIsShownWithItsFirstCell() throws IOException {
    String error = CaseFolder.of("43c-percent-currency", folder).run("prepare", "c.yaml").error(2);
    assertTrue(error.contains("column 'x1': 800 of 800 values (100%) are no numbers"), error);
    assertTrue(error.contains("a.csv, line 2 (byte 21): 13.86%"), error);
    assertTrue(error.contains("$3,820.00"), error);
    assertFalse(error.contains("cast"), error);
  }

  @Test
  void rowsThatAreAllRaggedAreSaidToBe() throws IOException {
    CaseFolder cases = CaseFolder.of("16-trailing-comma", folder);
    String error = cases.run("prepare", "c.yaml").error(1);
    assertTrue(error.contains("none of the 800 rows can be read"), error);
    assertTrue(error.contains("a.csv, line 2 (byte "), error);
    assertTrue(error.contains("6 cells, the header has 5"), error);
  }

  @ParameterizedTest
  @CsvSource({
    "b16a-schema-empty-header,its header names no column",
    "b16b-all-rows-rejected,'6 cells, the header has 5'",
    "b18-header-only,there is no row below the header"
  })
  void whatHoldsNoRowSaysSoAndLeavesNoSchema(String name, String words) throws IOException {
    CaseFolder cases = CaseFolder.of(name, folder);
    for (String command : List.of("schema", "prepare")) {
      String error =
          cases.run(command, "c.yaml", "--set", "schema=" + cases.path("s.json")).error(1);
      assertTrue(error.contains(words), error);
      assertFalse(Files.exists(cases.path("s.json")));
    }
  }

  @Test
  void aNameThatStandsTwiceDoesNoHarmUnlessItIsAskedFor() throws IOException {
    CaseFolder cases = CaseFolder.of("04-dup-header", folder);
    assertEquals(800, cases.run("prepare", "c.yaml").manifest().totals().read());
    String error = cases.run("prepare", "c.yaml", "--set", "columns.keep=[notes]").error(1);
    assertTrue(error.contains("two columns are named 'notes' (columns 4 and 6)"), error);
  }

  @Test
  void aFileWithAnotherNameForAFeatureIsNamed() throws IOException {
    DatasetManifest manifest =
        CaseFolder.of("13-header-case2", folder).run("prepare", "c.yaml").manifest();
    Notice notice = notice(manifest, Notice.Kind.COLUMN_MISSING);
    assertTrue(notice.toString().contains("'x1'"), notice.toString());
    assertTrue(notice.toString().contains("b.csv has 'X1'"), notice.toString());
  }

  @Test
  void aFileWithAnotherNameForTheLabelIsAnError() throws IOException {
    String error = CaseFolder.of("13b-header-case-label", folder).run("prepare", "c.yaml").error(1);
    assertTrue(error.contains("every file must have the label 'y'"), error);
    assertTrue(error.contains("b.csv has 'Y'"), error);
  }

  @Test
  void aColumnThatIsNotThereIsMissedAmongThoseThatAre() throws IOException {
    CaseFolder cases = small("2020-01-02", "date", "date");
    String error = cases.run("prepare", "c.yaml", "--set", "columns.numeric=[X]").error(2);
    assertTrue(error.contains("there is no column 'X'"), error);
    assertTrue(error.contains("(columns: date, x, s, y; did you mean 'x'?)"), error);
    String split = cases.run("prepare", "c.yaml", "--set", "split.column=Date").error(2);
    assertTrue(split.contains("did you mean 'date'?"), split);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2020-01-02T10:15",
        "2020-01-02 10:15",
        "2020-01-02T10:15:30",
        "2020-01-02T10:15:30.5",
        "2020-01-02T10:15:30.123456Z",
        "2020-01-02T10:15:30Z",
        "2020-01-02T10:15:30+01:00",
        "2020-01-02 10:15:30-0800",
        "2020-01-02 10:15:30 UTC",
        "2020/01/02 10:15",
        "1/2/2020 10:15 AM",
        "2.1.2020 10:15",
        "20200102T101530Z",
        "20200102101530",
        "2-Jan-2020 10:15",
        "Jan 2, 2020 10:15",
        "Thu, 02 Jan 2020 10:15:30 GMT",
        "1577923200",
        "1577923200000"
      })
  void aTimestampSplitsByItsDayAndIsKeptAsItStands(String first) throws Exception {
    CaseFolder cases = small(first, "date", "date");
    Dataset dataset = cases.run("prepare", "c.yaml").dataset();
    assertEquals(2, dataset.manifest().totals().train());
    assertEquals(1, dataset.manifest().totals().validation());
    assertEquals(1, dataset.manifest().totals().test());
    assertTrue(kept(dataset, "date").contains(first), () -> first);
    notice(dataset.manifest(), Notice.Kind.DATES_AS_READ);
  }

  @Test
  void predictionsKeepATimestampAsItStandsToo() throws Exception {
    CaseFolder cases = small("2020-01-02T10:15:30+01:00", "date", "date");
    cases.write(
        "c.yaml",
        Files.readString(cases.path("c.yaml"))
            + """
            features: [{date-parts: {column: date, parts: [month]}}]
            train:
              task: regression
              model: {family: mlp, hidden: [2]}
              epochs: 1
              batch-size: 2
              device: cpu
              runs: runs
            """);
    cases.run("prepare", "c.yaml").json();
    cases.run("train", "c.yaml").json();
    cases
        .run(
            "predict",
            "c.yaml",
            "--input",
            cases.path("data", "a.csv").toString(),
            "--output",
            cases.path("p").toString())
        .json();
    List<String> kept = texts("keep.date", cases.path("p") + "/**/*.parquet");
    assertEquals(
        cells(cases.path("data", "a.csv"), "date"), kept.stream().map(t -> '"' + t + '"').toList());
  }

  @Test
  void classesThatDifferAsTextAreTwo() throws IOException {
    CaseFolder cases = small("2020-01-02", "s", "date");
    cases.write(
        "data/a.csv",
        "date,x,s,y\n2020-01-02,1,a,01\n2020-01-03,2,a,1\n2020-01-04,1,a,01\n2020-03-02,1,a,1\n2020-04-02,1,a,01\n");
    cases.write(
        "c.yaml",
        Files.readString(cases.path("c.yaml"))
            + "train: {task: binary, model: {family: linear}, epochs: 1}\n");
    assertEquals(
        List.of("01", "1"), cases.run("prepare", "c.yaml").manifest().columns().label().classes());
  }

  @Test
  void numbersThatDifferInTrailingZerosAloneAreOneClass() throws Exception {
    CaseFolder cases = CaseFolder.of("29d-float-label", folder);
    DatasetManifest manifest = cases.run("prepare", "c.yaml").manifest();
    assertEquals(List.of("0", "1"), manifest.columns().label().classes());
    Notice notice = notice(manifest, Notice.Kind.CLASSES_BY_VALUE);
    assertTrue(notice.text().contains("'0.0' is class '0', '1.0' is class '1'"), notice.text());
    List<String> stood = cells(cases.path("data", "a.csv"), "rain");
    assertEquals(stood.stream().filter(text -> text.contains(".")).count(), notice.count());
    cases.run("train", "c.yaml").json();
    assertTrue(
        cases.run("evaluate", "c.yaml").json().at("/metrics/test/accuracy").doubleValue() <= 1);
    cases
        .run(
            "predict",
            "c.yaml",
            "--input",
            cases.path("data", "a.csv").toString(),
            "--output",
            cases.path("p").toString())
        .json();
    List<String> predicted = texts("predicted-class", cases.path("p") + "/**/*.parquet");
    assertEquals(stood.size(), predicted.size());
    assertTrue(Set.of("0", "1").containsAll(predicted), predicted.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    // Texts of train, of validation, of test; the classes; those that only the latter have.
    "1 1.0 2 2.00 3,2.0,3.0,1 2 3,",
    "1.50 2.5 0.5,1.5,2.500,0.5 1.50 2.5,",
    "-1 -1.0 0 0.0,-1.00,0,-1 0,",
    "1 1.0 01,1,1.0,01 1 1.0,",
    "1 1.0 +1,1,1.0,+1 1 1.0,",
    "1 1.0 1E0,1,1.0,1 1.0 1E0,",
    "1 1.0 x,1,1.0,1 1.0 x,",
    "0 -0 0.0,0,0,-0 0 0.0,",
    "1234567890123456 1234567890123456.0,1234567890123456,1234567890123456,"
        + "1234567890123456 1234567890123456.0,",
    "1 1.0 2,1.00,01,1 2,01"
  })
  void classesAreByValueOnlyWhereAllArePlainDecimals(
      String train, String validation, String test, String classes, String unknown)
      throws IOException {
    CaseFolder cases = small("2020-01-02", "s", "date");
    StringBuilder csv = new StringBuilder("date,x,s,y\n");
    for (String text : train.split(" ")) {
      csv.append("2020-01-02,1,a,%s\n".formatted(text));
    }
    csv.append("2020-03-02,1,a,%s\n2020-04-02,1,a,%s\n".formatted(validation, test));
    cases.write("data/a.csv", csv.toString());
    cases.write(
        "c.yaml",
        Files.readString(cases.path("c.yaml"))
            + "train: {task: multiclass, model: {family: linear}, epochs: 1}\n");
    DatasetManifest manifest = cases.run("prepare", "c.yaml").manifest();
    assertEquals(
        Set.of(classes.split(" ")), Set.copyOf(manifest.columns().label().classes()), train);
    boolean byValue = manifest.columns().label().classes().size() < train.split(" ").length;
    boolean said =
        manifest.notices().stream().anyMatch(n -> n.kind() == Notice.Kind.CLASSES_BY_VALUE);
    assertEquals(byValue || train.startsWith("1.50"), said);
    boolean isUnknown =
        manifest.notices().stream().anyMatch(n -> n.kind() == Notice.Kind.UNKNOWN_CLASSES);
    assertEquals(unknown != null, isUnknown, manifest.notices().toString());
  }

  @Test
  void wordsInSeveralSpellingsStaySeveralClasses() throws IOException {
    String error = CaseFolder.of("29c-bool-label", folder).run("prepare", "c.yaml").error(1);
    for (String text : List.of("False", "TRUE", "True", "false")) {
      assertTrue(error.contains(text), error);
    }
  }

  @Test
  void aSchemaThatDoesNotSuitTheConfigIsNotLeftBehind() throws IOException {
    CaseFolder cases = small("2020-01-02", "s", "date");
    cases.write("data/b.csv", "date,x,s,y\n" + "2020-01-02,ND,a,1\n".repeat(5));
    String schema = "schema=" + cases.path("s.json");
    String error = cases.run("prepare", "c.yaml", "--set", schema).error(2);
    assertTrue(error.contains("5 of 9 values"), error);
    assertTrue(error.contains("b.csv, line 2 (byte 11): ND"), error);
    assertFalse(Files.exists(cases.path("s.json")));
    cases.run("prepare", "c.yaml", "--set", schema, "--set", "source.nulls=[\"\", ND]").json();
    assertTrue(Files.exists(cases.path("s.json")));
  }

  @Test
  void anAmbiguousOrderOfDayAndMonthIsSaid() throws IOException {
    CaseFolder cases = small("1/2/2020", "s", "date");
    Notice notice = notice(cases.run("prepare", "c.yaml").manifest(), Notice.Kind.DATES_AS_READ);
    assertTrue(notice.text().contains("every value fits [d/M/yyyy], too"), notice.text());
  }

  @Test
  void aComputedDateSplits() throws IOException {
    CaseFolder cases = small("2020-01-02", "s", "day");
    cases.write(
        "c.yaml",
        Files.readString(cases.path("c.yaml"))
            + "features: [{cast: {column: date, to: date, into: day}}]\n");
    DatasetManifest manifest = cases.run("prepare", "c.yaml").manifest();
    assertEquals(2, manifest.totals().train());
    assertEquals(1, manifest.totals().test());
  }

  @Test
  void anUnknownFormShowsTheUsualOnesOnce() throws IOException {
    CaseFolder cases = small("2020-W01-4", "s", "date");
    CaseFolder.Answer answer = cases.run("prepare", "c.yaml");
    String error = answer.error(2);
    assertTrue(error.contains("such as 2020-12-31, 2020-12-31T23:59:00Z, 12/31/2020, "), error);
    assertTrue(error.contains("a.csv, line 2 (byte "), error);
    assertTrue(error.contains("4 of 4 values (100%) are no dates in a known form"), error);
    assertEquals(2, answer.err().split("12/31/2020", -1).length, answer.err());
    assertFalse(answer.err().contains("yyyy"), answer.err());
  }

  @Test
  void countsOfOneAreSingular() throws IOException {
    CaseFolder cases = small("2020-01-02", "s", "date");
    cases.write("c.yaml", CONFIG.formatted("s", "date") + "rejects: {max-rows: 1}\n");
    cases.write("data/b.csv", "date,x,s,y\n2020-01-07,1,a,3,4\n2068-01-07,1,a,3\n");
    cases.write("data/c.csv", "date,x,s,Y\n2020-01-07,1,a,3\n");
    String error = cases.run("prepare", "c.yaml").error(1);
    assertTrue(error.contains("the label 'y', and 1 lacks it under this name (c.csv"), error);
    cases.write("data/c.csv", "date,X,s,y\n2020-01-07,1,a,3\n");
    List<String> notices =
        cases.run("prepare", "c.yaml").manifest().notices().stream().map(Notice::text).toList();
    String all = String.join("\n", notices);
    for (String words :
        List.of(
            "1 of 7 rows could not be read and said nothing about the columns' types; the first",
            "1 file has no column 'x', so that it is missing there",
            "1 row has a date in column 'date' that is later than ")) {
      assertTrue(all.contains(words), all);
    }
  }

  @Test
  void datesInTheFutureAreCounted() throws IOException {
    CaseFolder cases = small("2020-01-02", "s", "date");
    cases.write("data/b.csv", "date,x,s,y\n2068-01-01,1,a,1\n2067-01-01,1,a,1\n");
    Notice notice = notice(cases.run("prepare", "c.yaml").manifest(), Notice.Kind.FUTURE_DATES);
    assertEquals(2, notice.count());
    assertTrue(notice.text().contains("the latest 2068-01-01 (b.csv)"), notice.text());
  }

  @Test
  void aColumnThatIsEmptyEverywhereIsLeftOut() throws IOException {
    CaseFolder cases = small("2020-01-02", "s", "date");
    cases.write(
        "data/a.csv", Files.readString(cases.path("data", "a.csv")).replaceAll(",1,a,", ",,a,"));
    cases.write("c.yaml", CONFIG.formatted("s", "date").replace("[x]", "[x, y2]"));
    cases.write("data/b.csv", "date,x,s,y,y2\n2020-01-07,,a,1,3\n");
    DatasetManifest manifest = cases.run("prepare", "c.yaml").manifest();
    assertEquals("x", manifest.columns().leftOut().get(0).column());
  }

  private CaseFolder small(String first, String keep, String split) throws IOException {
    CaseFolder cases = CaseFolder.in(folder);
    cases.write("c.yaml", CONFIG.formatted(keep, split));
    StringBuilder csv = new StringBuilder("date,x,s,y\n");
    for (String day : List.of("01", "02", "03", "04")) {
      csv.append('"').append(ofMonth(first, day)).append("\",1,a,").append(day).append('\n');
    }
    return cases.write("data/a.csv", csv.toString());
  }

  /** The same moment in another month of 2020. */
  private static String ofMonth(String first, String month) {
    int number = Integer.parseInt(month);
    if (first.startsWith("15779")) {
      long days = List.of(0L, 31L, 60L, 91L).get(number - 1);
      boolean seconds = first.length() == 10;
      return Long.toString(Long.parseLong(first) + days * 86_400L * (seconds ? 1 : 1000));
    }
    String name = List.of("Jan", "Feb", "Mar", "Apr").get(number - 1);
    return first
        .replace("-01-", "-" + month + "-")
        .replace("/01/", "/" + month + "/")
        .replace("202001", "2020" + month)
        .replace("Jan", name)
        .replace("Thu", List.of("Thu", "Sun", "Mon", "Thu").get(number - 1))
        .replace("1/2/", number + "/2/")
        .replace("2.1.", "2." + number + ".");
  }

  private static Notice notice(DatasetManifest manifest, Notice.Kind kind) {
    return manifest.notices().stream()
        .filter(notice -> notice.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new AssertionError(kind + " in " + manifest.notices()));
  }

  private static List<String> cells(Path csv, String column) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    int position = List.of(lines.get(0).split(",")).indexOf(column);
    List<String> cells = new ArrayList<>();
    lines.subList(1, lines.size()).forEach(line -> cells.add(line.split(",")[position]));
    return cells;
  }

  private static List<String> kept(Dataset dataset, String column) throws SQLException {
    return texts("keep." + column, dataset.folder() + "/*/*.parquet");
  }

  private static List<String> texts(String column, String files) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            duck.createStatement()
                .executeQuery(
                    "SELECT \"%s\"::VARCHAR FROM read_parquet('%s')".formatted(column, files))) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
