package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.run.Run;
import dev.almanac.training.score.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet given to a run that was trained on CSV, and CSV to one that was trained on parquet. */
class PredictFormatsTest {
  private static final String CONFIG =
      """
      name: formats
      source: {files: ["%s"], nulls: ["", "-9"]}
      columns: {label: y, numeric: [x, n, s, bucket], nominal: [grp, level, code, flag, week], keep: [id, day, grp, level, flag, week]}
      features: [{hash-bucket: {column: n, buckets: 5, into: bucket}}]
      split: {column: day, train: {until: 2020-07-01}, validation: {from: 2020-07-01, until: 2020-09-01}, test: {from: 2020-09-01}}
      output: {dataset: out/%s, files: 1}
      train: {task: regression, model: {hidden: [8], embedding: 2}, batch-size: 32, epochs: 2, device: cpu, threads: 1, runs: out/%s}
      """;

  private static final String CELLS =
      "id, %s AS day, %s AS week, %s AS grp, %s AS level, %s AS code, %s AS flag, %s AS n, %s AS s, x";

  @TempDir Path temporary;

  private CaseFolder folder;

  @BeforeEach
  void write() throws Exception {
    folder = CaseFolder.in(temporary);
    StringBuilder csv = new StringBuilder("id,day,week,grp,level,code,flag,n,s,x,y\n");
    for (int i = 0; i < 400; i++) {
      LocalDate day = LocalDate.of(2020, 1, 1).plusDays(i);
      String code = i % 11 == 0 ? "A7" : Integer.toString(i % 5);
      csv.append(
          "i%d,%s,%s,%s,%s,%s,%d,%d,%s,%s,%s\n"
              .formatted(
                  i,
                  day,
                  LocalDate.of(2021, 1, 1).plusDays(7 * (i % 6)),
                  i % 13 == 0 ? "" : Integer.toString(i % 7),
                  i % 17 == 0 ? "-9" : Double.toString((i % 4) * 0.5),
                  code,
                  i % 2,
                  i % 9,
                  i % 19 == 0 ? "" : Integer.toString(i % 23),
                  i * 0.25,
                  i % 7 + 3 * (i % 2) + (i % 4)));
    }
    folder.write("data/a.csv", csv.toString());
    duckDb(cells("day", "week", "grp", "level", "code", "flag", "n", "s"), "data/a.parquet", true);
  }

  private static String cells(String... cells) {
    return CELLS.formatted((Object[]) cells);
  }

  /** Writes columns of the CSV file as parquet. */
  private void duckDb(String columns, String file, boolean label) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT %s FROM read_csv('%s', header = true, types = {'code': 'VARCHAR'}) ORDER BY x) TO '%s' (FORMAT parquet)"
              .formatted(
                  columns + (label ? ", y" : ""), folder.path("data", "a.csv"), folder.path(file)));
    }
  }

  private String train(String file, String name) throws IOException {
    folder.write(name + ".yaml", CONFIG.formatted("data/" + file, name, name));
    folder.run("prepare", name + ".yaml").json();
    return folder.run("train", name + ".yaml").json().get("run").textValue();
  }

  private Predicted predict(String config, String file) throws IOException {
    return Predicted.of(folder, config + ".yaml", folder.path(file.split("/")));
  }

  private static void assertSame(Predicted expected, Predicted other) {
    assertEquals(0, other.rejected());
    assertEquals(expected.columns(), other.columns());
    for (String column : expected.columns()) {
      assertEquals(expected.column(column), other.column(column), column);
    }
  }

  /** Equal rows; the last bits of a prediction may hang on where its row stands among others. */
  private static void assertClose(String expected, String prediction) {
    assertEquals(Double.parseDouble(expected), Double.parseDouble(prediction), 1e-6);
  }

  @Test
  void parquetIsTakenByARunOfCsvWhateverTypesItsColumnsHave() throws Exception {
    train("a.csv", "csv");
    Predicted expected = predict("csv", "data/a.csv");
    assertTrue(expected.column("prediction").stream().distinct().count() > 50);
    assertSame(expected, predict("csv", "data/a.parquet"));
    // As pandas writes them: numbers with gaps as doubles, booleans, points in time.
    duckDb(
        cells(
            "day::TIMESTAMP",
            "week::TIMESTAMPTZ",
            "grp::DOUBLE",
            "level::FLOAT",
            "CASE WHEN code = 'A7' THEN code ELSE code END",
            "(flag = 1)",
            "n::DOUBLE",
            "s::DOUBLE"),
        "pandas.parquet",
        false);
    assertSame(expected, predict("csv", "pandas.parquet"));
    // And all as text.
    duckDb(
        cells(
            "day::VARCHAR",
            "week::VARCHAR",
            "grp::VARCHAR || '.0'",
            "level::VARCHAR",
            "code",
            "flag::VARCHAR",
            "n::VARCHAR",
            "s::VARCHAR"),
        "text.parquet",
        false);
    Predicted text = predict("csv", "text.parquet");
    assertEquals(expected.column("prediction"), text.column("prediction"));
    assertEquals(0, text.rejected());
  }

  @Test
  void numbersWhereTrainHadTextAreTheirTexts() throws Exception {
    train("a.csv", "csv");
    duckDb(
        cells(
            "day",
            "week",
            "grp",
            "level",
            "CASE WHEN x = 2 THEN 7.5 WHEN code = 'A7' THEN NULL ELSE try_cast(code AS DOUBLE) END",
            "flag",
            "n",
            "s"),
        "codes.parquet",
        false);
    Predicted codes = predict("csv", "codes.parquet");
    Predicted expected = predict("csv", "data/a.csv");
    assertEquals(0, codes.rejected());
    for (int row = 0; row < codes.rows(); row++) {
      String id = codes.value("keep.id", row);
      int i = Integer.parseInt(id.substring(1));
      if (i % 11 != 0 && i != 8) {
        assertEquals(expected.value("prediction", row), codes.value("prediction", row), id);
      }
    }
    assertNotEquals(expected.value("prediction", 8), codes.value("prediction", 8));
  }

  @Test
  void csvIsTakenByARunOfParquet() throws Exception {
    duckDb(
        cells("day", "week", "grp::DOUBLE", "level", "code", "(flag = 1)", "n", "s::DOUBLE"),
        "data/b.parquet",
        true);
    train("b.parquet", "parquet");
    Predicted own = predict("parquet", "data/b.parquet");
    assertEquals(0, own.rejected());
    assertEquals("[]", own.notices());
    assertSame(own, predict("parquet", "data/a.csv"));
    assertSame(own, predict("parquet", "data/a.parquet"));
    folder.write(
        "odd.csv",
        """
        id,day,week,grp,level,code,flag,n,s,x
        a,2021-05-01,2021-01-08,1,0.5,3,1,7,,2
        b,2021-05-01,2021-01-08,1.0,.5,3,true,7.0,,2.0
        c,2021-05-01,2021-01-08,01,5e-1,3,True,07,-9,+2
        d,2021-05-01,2021-01-08,,-9,3,1,7,,2
        e,2021-05-01,2021-01-08,-9.0,,3,TRUE,7.,,2
        """);
    Predicted odd = predict("parquet", "odd.csv");
    assertEquals(0, odd.rejected());
    assertClose(odd.value("prediction", 0), odd.value("prediction", 1));
    assertClose(odd.value("prediction", 0), odd.value("prediction", 2));
    assertClose(odd.value("prediction", 3), odd.value("prediction", 4));
    assertNotEquals(odd.value("prediction", 0), odd.value("prediction", 3));
  }

  @Test
  void anIntegerThatIsNumberAndTextMayBeWrittenWithAPoint() throws Exception {
    String run = train("a.csv", "csv");
    String row = "%s,2021-05-01,2021-01-08,1,0.5,3,1,%s,4,2\n";
    folder.write(
        "n.csv",
        "id,day,week,grp,level,code,flag,n,s,x\n"
            + row.formatted("a", "7")
            + row.formatted("b", "7.0")
            + row.formatted("c", "7e0")
            + row.formatted("d", "7.5")
            + row.formatted("e", "seven"));
    Predicted predicted =
        Predicted.of(folder, "csv.yaml", folder.path("n.csv"), "--set", "rejects.max-rows=2");
    assertEquals(List.of("a", "b", "c"), predicted.column("keep.id"));
    assertClose(predicted.value("prediction", 0), predicted.value("prediction", 1));
    assertClose(predicted.value("prediction", 0), predicted.value("prediction", 2));
    assertEquals(2, predicted.rejected());
    try (Predictor predictor = Predictor.of(Run.open(run))) {
      Map<String, Object> cells =
          Map.of("week", "2021-01-08", "grp", 1, "level", 0.5, "code", "3", "flag", 1, "x", 2);
      Map<String, Object> whole = new HashMap<>(cells);
      whole.putAll(Map.of("s", 4, "n", 7));
      Map<String, Object> pointed = new HashMap<>(cells);
      pointed.putAll(Map.of("s", 4.0, "n", 7.0));
      assertEquals(predictor.predict(whole), predictor.predict(pointed));
    }
  }
}
