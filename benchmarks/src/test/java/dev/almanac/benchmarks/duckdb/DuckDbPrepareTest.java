package dev.almanac.benchmarks.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.pipelines.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peer does the same work: its rows of the sample are ours, cell by cell. */
class DuckDbPrepareTest {
  private static final Path ROOT = Path.of(System.getProperty("almanac.project.root"));
  private static final Path SAMPLE = ROOT.resolve("testdata/ghcn-sample/*.csv*");

  @TempDir Path folder;

  @Test
  void inSourceOrderItsRowsAreOursOneByOne() throws Exception {
    prepareBoth("source");
    for (String split : PrepareSql.SPLITS) {
      assertEquals("0", different(split, "place"), split);
    }
  }

  @Test
  void shuffledItsTrainHasOurRowsInAnotherOrder() throws Exception {
    prepareBoth("shuffled");
    assertEquals("0", different("train", "\"keep.STATION\", \"keep.DATE\""));
    assertEquals("0", different("test", "place"));
  }

  private void prepareBoth(String order) throws Exception {
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    DuckDbPrepare.run(SAMPLE.toString(), theirs, order.equals("shuffled"), 2);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            new String[] {
              "prepare",
              ROOT.resolve("benchmarks/prepare.yaml").toString(),
              "--runner",
              "direct",
              "--set",
              "source.files=[\"" + SAMPLE + "\"]",
              "--set",
              "output.dataset=" + folder.resolve("ours"),
              "--set",
              "output.order=" + order
            },
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err));
    assertEquals(0, exit, err.toString(StandardCharsets.UTF_8));
  }

  /** How many rows of either side have no equal one, joined by a key. */
  private String different(String split, String key) throws Exception {
    String theirs = read("'" + folder.resolve("theirs") + "/" + split + ".parquet'");
    try (Stream<Path> files = Files.walk(folder.resolve("ours"))) {
      String ours =
          read(
              files
                  .filter(file -> file.getParent().endsWith(split))
                  .sorted()
                  .map(file -> "'" + file + "'")
                  .collect(Collectors.joining(", ")));
      return ask(
          """
          SELECT count(*) FROM (%s) o FULL JOIN (%s) t USING (%s)
          WHERE (o."TMAX" = t."TMAX" AND o."STATION" = t."STATION"
             AND o."keep.STATION" = t."keep.STATION" AND o."keep.DATE" = t."keep.DATE"
             AND %s) IS NOT TRUE
          """
              .formatted(
                  ours,
                  theirs,
                  key,
                  Stream.of(
                          "PRCP",
                          "SNOW",
                          "SNWD",
                          "TMIN",
                          "LATITUDE",
                          "LONGITUDE",
                          "ELEVATION",
                          "DATE.day-of-year-sin",
                          "DATE.day-of-year-cos")
                      .map(name -> "abs(o.\"%1$s\" - t.\"%1$s\") < 1e-5".formatted(name))
                      .collect(Collectors.joining(" AND "))));
    }
  }

  private static String read(String files) {
    return "SELECT *, row_number() OVER () AS place FROM read_parquet([%s])".formatted(files);
  }

  private static String ask(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getString(1);
    }
  }
}
