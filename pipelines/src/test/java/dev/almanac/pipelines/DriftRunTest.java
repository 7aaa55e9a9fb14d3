package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.drift.ColumnDrift;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are like train's and rows that are not, predicted. */
class DriftRunTest {
  private static final int DAYS = 3000;
  private static final String UNTIL = "2006-01-01";

  @TempDir static Path folder;
  private static Path config;
  private static String run;

  @BeforeAll
  static void train() throws IOException {
    write(folder.resolve("data.csv"), 1, 0, 9);
    config = folder.resolve("config.yaml");
    Files.writeString(config, config("data.csv"));
    run("prepare", config);
    run = run("train", config).json().get("run").textValue();
    // As many files as make several chunks and bundles.
    write(folder.resolve("new-1.csv"), 2, 20, 12);
    write(folder.resolve("new-2.csv"), 3, 20, 12);
  }

  private static String config(String source) {
    return """
        name: drift
        source: {files: [%s]}
        columns: {label: y, numeric: [wind], nominal: [station, kind]}
        features:
          - log1p: {column: rain, into: rain.log}
        split:
          column: day
          train: {until: %s}
          validation: {from: %s, until: 2007-01-01}
          test: {from: 2007-01-01}
        output: {dataset: datasets, files: 1}
        train: {model: {hidden: [4], embedding: 2}, batch-size: 64, epochs: 1, device: cpu, threads: 1}
        """
        .formatted(source, UNTIL, UNTIL);
  }

  private static void write(Path file, long seed, double windier, int stations) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(List.of("day,station,kind,rain,wind,y"));
    LocalDate day = LocalDate.of(2000, 1, 1);
    for (int i = 0; i < DAYS; i++) {
      lines.add(
          String.join(
              ",",
              day.plusDays(i).toString(),
              "s" + random.nextInt(stations),
              random.nextInt(5) == 0 ? "" : "k" + (int) Math.sqrt(random.nextInt(900)),
              random.nextInt(6) == 0 ? "" : "" + Math.max(0, random.nextInt(90) - 50),
              random.nextInt(windier > 0 ? 3 : 9) == 0
                  ? ""
                  : "%.2f".formatted(windier + 30 * random.nextGaussian()),
              "%.2f".formatted(random.nextGaussian())));
    }
    Files.write(file, lines);
  }

  @Test
  void theTableIsWhatDuckDbMakesOfTheSameRows() throws IOException, SQLException {
    Call predicted = predict("new-*.csv", "oracle");
    DriftReport report = report(predicted);
    assertEquals(2 * DAYS, report.rows());
    assertEquals(
        List.of("wind", "rain.log", "station", "kind"),
        report.columns().stream().map(ColumnDrift::column).toList());
    JsonNode transform =
        Json.tree(Files.readString(Path.of(run, "transform/transform.json")), "transform");
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = db.createStatement()) {
      String csv = "FROM read_csv('%s/%s', nullstr = '')";
      sql.execute(
          ("CREATE TABLE train AS SELECT *, ln(1 + rain) AS \"rain.log\" " + csv)
                  .formatted(folder, "data.csv")
              + " WHERE day < DATE '%s'".formatted(UNTIL));
      sql.execute(
          ("CREATE TABLE input AS SELECT *, ln(1 + rain) AS \"rain.log\" " + csv)
              .formatted(folder, "new-*.csv"));
      for (ColumnDrift column : report.columns()) {
        String name = "\"" + column.column() + "\"";
        String bin = bin(column, transform);
        assertEquals(number(sql, psi(bin, name)), column.psi(), 1e-12, name);
        String nulls = "SELECT avg((%s IS NULL)::INT) FROM ".formatted(name);
        assertEquals(number(sql, nulls + "train"), column.train().nulls(), 1e-15);
        assertEquals(number(sql, nulls + "input"), column.input().nulls(), 1e-15);
        if (column.input().unseen() != null) {
          double unseen =
              number(
                  sql,
                  "SELECT avg((%1$s NOT IN (SELECT %1$s FROM train WHERE %1$s IS NOT NULL))::INT) FROM input WHERE %1$s IS NOT NULL"
                      .formatted(name));
          assertEquals(unseen, column.input().unseen(), 1e-15);
          assertEquals(0.0, column.train().unseen());
        }
      }
      // The edges are tenths of train, as another program sees them.
      JsonNode wind = transform.at("/numeric/0/statistics/bins/edges");
      assertEquals(9, wind.size());
      for (int i = 0; i < 9; i++) {
        double below =
            number(
                sql,
                "SELECT avg((wind < %s)::INT) FROM train WHERE wind IS NOT NULL"
                    .formatted(wind.get(i).asText()));
        assertEquals((i + 1) / 10.0, below, 0.02);
      }
    }
    assertEquals(List.of("psi", "nulls"), report.columns().get(0).drifted());
    assertEquals(List.of(), report.columns().get(1).drifted());
    assertTrue(report.columns().get(2).drifted().contains("unseen"));
  }

  /**
   * An expression of the number of a row's bin: edges by their place, frequent categories by name.
   */
  private static String bin(ColumnDrift column, JsonNode transform) {
    String name = "\"" + column.column() + "\"";
    for (JsonNode numeric : transform.get("numeric")) {
      if (numeric.get("column").textValue().equals(column.column())) {
        StringBuilder bin = new StringBuilder("0");
        numeric
            .at("/statistics/bins/edges")
            .forEach(edge -> bin.append(" + (%s >= %s)::INT".formatted(name, edge.asText())));
        return bin.toString();
      }
    }
    return "CASE WHEN %1$s IN (SELECT %1$s FROM train WHERE %1$s IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, %1$s LIMIT 20) THEN %1$s ELSE '' END"
        .formatted(name);
  }

  private static String psi(String bin, String name) {
    String share =
        "SELECT %s AS bin, count(*) / sum(count(*)) OVER () AS share FROM %s WHERE "
            + name
            + " IS NOT NULL GROUP BY 1";
    return """
        WITH p AS (%s), q AS (%s),
        shares AS (
          SELECT greatest(coalesce(p.share, 0), 0.0001) AS p, greatest(coalesce(q.share, 0), 0.0001) AS q
          FROM p FULL JOIN q ON p.bin = q.bin)
        SELECT sum((q - p) * ln(q / p)) FROM shares
        """
        .formatted(share.formatted(bin, "train"), share.formatted(bin, "input"));
  }

  private static double number(Statement sql, String query) throws SQLException {
    try (ResultSet result = sql.executeQuery(query)) {
      assertTrue(result.next());
      return result.getDouble(1);
    }
  }

  @Test
  void rowsOfTrainHaveNotDriftedAndTheTableSaysSo() throws IOException {
    Call predicted =
        call("predict", config, "--input", folder + "/data.csv", "--output", folder + "/same");
    assertEquals(0, predicted.status(), predicted.err());
    assertTrue(
        predicted.out().contains("Drift from train: none beyond the limits\n"), predicted.out());
  }

  @Test
  void aWarningNamesTheColumnsAndThePredictionsAreThere() throws IOException {
    Call predicted =
        call("predict", config, "--input", folder + "/new-*.csv", "--output", folder + "/warned");
    assertEquals(0, predicted.status(), predicted.err());
    String said = predicted.out();
    assertTrue(
        said.contains("Drift from train: 2 of 4 columns are beyond the limits of `predict:`"),
        said);
    assertTrue(said.lines().anyMatch(l -> l.startsWith("wind") && l.endsWith("psi, nulls")), said);
    JsonNode drift = predict("new-*.csv", "warned-json").json().get("drift");
    assertEquals(2 * DAYS, drift.get("rows").intValue());
    assertEquals("wind", drift.at("/drifted/0").textValue());
    assertEquals(List.of("psi", "nulls"), texts(drift.at("/columns/0/drifted")));
    assertFalse(drift.at("/columns/0").has("bins"));
  }

  @Test
  void whatIsRefusedLeavesNothing() throws IOException {
    Call refused = predict("new-*.csv", "refused", "--set", "predict.drift=refuse");
    assertEquals(1, refused.status());
    String error = refused.json().get("error").textValue();
    assertTrue(
        error.startsWith("Cannot predict: 2 of 4 columns have drifted from what run " + run),
        error);
    assertTrue(error.contains("wind: psi "), error);
    assertTrue(error.contains("a change of at most 0.1; station: "), error);
    try (Stream<Path> left =
        Files.exists(folder.resolve("refused"))
            ? Files.walk(folder.resolve("refused"))
            : Stream.<Path>empty()) {
      assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
    }
    Call wide =
        predict(
            "new-*.csv",
            "allowed",
            "--set",
            "predict={drift: refuse, max-psi: 9, max-unseen: 0.5, max-null-change: 0.5}");
    assertEquals(0, wide.status(), wide.err());
    assertEquals(List.of(), report(wide).drifted());
  }

  @Test
  void nobodyLooksWhenNobodyIsAskedTo() throws IOException {
    Call predicted = predict("new-1.csv", "off", "--set", "predict.drift=off");
    assertEquals(0, predicted.status());
    assertFalse(predicted.json().has("drift"));
    assertFalse(
        Files.exists(Path.of(predicted.json().get("predictions").textValue(), "drift.json")));
  }

  @Test
  void fewRowsAreRefusedUnlessToldOtherwise() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("new-1.csv")).subList(0, 500);
    Files.write(folder.resolve("few.csv"), lines);
    Call refused = predict("few.csv", "few-refused", "--set", "predict.drift=refuse");
    assertEquals(1, refused.status());
    String error = refused.json().get("error").textValue();
    assertTrue(
        error.contains(
            "cannot be told of 4 of 4 columns, 499 rows are too few (1000) (wind, rain.log, station, kind)"),
        error);
    Call few = predict("few.csv", "few", "--set", "predict={drift: refuse, unjudged: allow}");
    assertEquals(0, few.status(), few.err());
    assertTrue(report(few).hasTooFewRows());
    String said =
        call("predict", config, "--input", folder + "/few.csv", "--output", folder + "/few-2")
            .out();
    assertTrue(said.contains("Drift from train: not judged, 499 rows are too few (1000)\n"), said);
  }

  @Test
  void theReferenceDoesNotMoveWhenOtherRowsChange() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("data.csv"))) {
      lines.add(line.compareTo(UNTIL) < 0 || line.startsWith("day") ? line : changed(line));
    }
    assertNotEquals(Files.readAllLines(folder.resolve("data.csv")), lines);
    Files.write(folder.resolve("changed.csv"), lines);
    Path other = folder.resolve("changed.yaml");
    Files.writeString(other, config("changed.csv"));
    String dataset = run("prepare", other).json().get("dataset").textValue();
    assertEquals(
        Files.readString(Path.of(run, "transform/transform.json")),
        Files.readString(Path.of(Dataset.open(dataset).folder(), "transform/transform.json")));
  }

  private static String changed(String line) {
    return line.substring(0, "2006-01-01".length()) + ",new,k999,77,1e6,5";
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static DriftReport report(Call predicted) throws IOException {
    assertEquals(0, predicted.status(), predicted.err());
    Path file = Path.of(predicted.json().get("predictions").textValue(), DriftReport.FILE);
    return Json.read(Files.readString(file), DriftReport.class, "drift.json");
  }

  private static Call predict(String input, String output, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("--json", "--input", folder + "/" + input, "--output", folder + "/" + output));
    all.addAll(List.of(options));
    return call("predict", config, all.toArray(String[]::new));
  }

  private static Call run(String command, Path config) throws IOException {
    Call call = call(command, config, "--json");
    assertEquals(0, call.status(), call::err);
    return call;
  }

  private static Call call(String command, Path config, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, config.toString()));
    arguments.addAll(List.of(options));
    return Call.of(arguments.toArray(String[]::new));
  }
}
