package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.run.Run;
import dev.almanac.training.score.Prediction;
import dev.almanac.training.score.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of any rows: a run predicts them as it was evaluated, however they are laid out. */
class PredictLawsTest {
  private static final List<String> COLUMNS =
      List.of("id", "day", "place", "code", "n", "x", "flag", "y");

  private static final String CONFIG =
      """
      name: laws
      source: {files: [data/*.csv], nulls: ["", "-"], delimiter: ";"}
      columns: {label: y, numeric: [n, x], nominal: [place, code], keep: [id, code, n, day]}
      features:
        - log1p: {column: n, into: n.log}
        - hash-bucket: {column: flag, buckets: 5, into: bucket}
        - date-parts: {column: day, parts: [month-sin]}
      split:
        column: day
        train: {until: 2020-10-01}
        validation: {from: 2020-10-01, until: 2021-01-01}
        test: {from: 2021-01-01}
      output: {dataset: out/ds, files: 1}
      train: {task: regression, model: {hidden: [8], embedding: 2}, batch-size: 64, epochs: 1, device: cpu, threads: 1, runs: out/runs}
      """;

  @TempDir static Path temporary;

  private static CaseFolder folder;
  private static List<Map<String, String>> rows;
  private static Run run;

  @BeforeAll
  static void train() throws IOException {
    folder = CaseFolder.in(temporary);
    Random random = new Random(11);
    rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("id", "i" + i);
      row.put("day", LocalDate.of(2020, 1, 1).plusDays(i).toString());
      row.put("place", i % 19 == 0 ? "-" : "p" + random.nextInt(6));
      row.put("code", i % 23 == 0 ? "" : Integer.toString(random.nextInt(12)));
      row.put("n", i % 17 == 0 ? "" : Integer.toString(random.nextInt(100)));
      row.put("x", i % 13 == 0 ? "-" : Double.toString(random.nextGaussian()));
      row.put("flag", Integer.toString(random.nextInt(40)));
      row.put("y", Double.toString(random.nextGaussian()));
      rows.add(row);
    }
    write("data/a.csv", COLUMNS, rows.subList(0, 350), ";");
    write("data/b.csv", COLUMNS, rows.subList(350, 600), ";");
    folder.write("c.yaml", CONFIG);
    folder.run("prepare", "c.yaml").json();
    run = Run.open(folder.run("train", "c.yaml").json().get("run").textValue());
    folder.run("evaluate", "c.yaml").json();
  }

  private static void write(
      String name, List<String> columns, List<Map<String, String>> rows, String delimiter)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(String.join(delimiter, columns)));
    rows.forEach(
        row ->
            lines.add(
                columns.stream()
                    .map(column -> row.getOrDefault(column, "junk"))
                    .collect(Collectors.joining(delimiter))));
    folder.write(name, String.join("\n", lines) + "\n");
  }

  private static Map<String, String> predictions(Predicted predicted) {
    Map<String, String> byId = new HashMap<>();
    for (int row = 0; row < predicted.rows(); row++) {
      byId.put(predicted.value("keep.id", row), predicted.value("prediction", row));
    }
    return byId;
  }

  private static Map<String, String> all() throws IOException {
    return predictions(Predicted.of(folder, "c.yaml", folder.path("data", "*.csv")));
  }

  @Test
  void trainingFilesArePredictedAsEvaluateSawThem() throws IOException {
    Map<String, String> predicted = all();
    assertEquals(600, predicted.size());
    Predicted evaluated = Predicted.read(run.path(Run.PREDICTIONS, "test"));
    assertEquals(234, evaluated.rows());
    for (int row = 0; row < evaluated.rows(); row++) {
      assertEquals(
          Double.parseDouble(evaluated.value("prediction", row)),
          Double.parseDouble(predicted.get(evaluated.value("keep.id", row))),
          1e-6);
    }
  }

  @Test
  void orderFurtherColumnsAndAMissingLabelChangeNothing() throws IOException {
    Map<String, String> expected = all();
    Random random = new Random(3);
    for (int turn = 0; turn < 4; turn++) {
      List<String> columns = new ArrayList<>(COLUMNS);
      columns.remove("y");
      columns.addAll(List.of("more", "Y", "X", "more"));
      Collections.shuffle(columns, random);
      write("other/" + turn + ".csv", columns, rows, ";");
      Predicted other = Predicted.of(folder, "c.yaml", folder.path("other", turn + ".csv"));
      assertEquals(expected, predictions(other));
      assertEquals("[]", other.notices());
    }
  }

  @Test
  void numbersWrittenInOtherWaysAreTheSameNumbers() throws IOException {
    Map<String, String> expected = all();
    Random random = new Random(5);
    List<Map<String, String>> other = new ArrayList<>();
    for (Map<String, String> row : rows) {
      Map<String, String> changed = new HashMap<>(row);
      for (String column : List.of("n", "code", "flag")) {
        if (row.get(column).matches("\\d+")) {
          changed.put(
              column,
              List.of("%s", "%s.0", "+%s", "0%s", "%s.", "%se0")
                  .get(random.nextInt(6))
                  .formatted(row.get(column)));
        }
      }
      other.add(changed);
    }
    write("written.csv", COLUMNS, other, ";");
    Predicted written = Predicted.of(folder, "c.yaml", folder.path("written.csv"));
    assertEquals(0, written.rejected());
    assertEquals(expected, predictions(written));
    // What rides along as a category alone is what stood there.
    for (int row = 0; row < written.rows(); row++) {
      String stood = other.get(row).get("code");
      assertEquals(stood.isEmpty() ? null : stood, written.value("keep.code", row));
    }
  }

  @Test
  void singleRowsArePredictedAsThoseOfFilesWhateverStandsInThem() throws IOException {
    Random random = new Random(9);
    List<Map<String, String>> odd = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Map<String, String> row = new HashMap<>(rows.get(random.nextInt(600)));
      row.put("id", "o" + i);
      row.put("n", List.of("", "2.5", "7.0", "1e3", "-3").get(random.nextInt(5)));
      row.put("code", List.of("", "A7", "7.0", "07", "99", "2.5").get(random.nextInt(6)));
      row.put("place", List.of("-", "elsewhere", "p1").get(random.nextInt(3)));
      row.put("day", random.nextInt(4) == 0 ? "" : row.get("day"));
      odd.add(row);
    }
    write("odd.csv", COLUMNS, odd, ";");
    Predicted filed =
        Predicted.of(folder, "c.yaml", folder.path("odd.csv"), "--set", "predict.max-unreadable=1");
    assertEquals(0, filed.rejected());
    try (Predictor predictor = Predictor.of(run)) {
      List<Prediction> single = predictor.predict(odd);
      for (int row = 0; row < odd.size(); row++) {
        assertEquals(
            Double.parseDouble(filed.value("prediction", row)), single.get(row).number(), 1e-6);
      }
      Map<String, Object> typed = new HashMap<>(odd.get(0));
      Map<String, Object> texts = new HashMap<>(odd.get(0));
      typed.putAll(Map.of("code", 7L, "n", 2.5, "flag", 3, "day", LocalDate.of(2021, 2, 3)));
      texts.putAll(Map.of("code", "7", "n", "2.5", "flag", "3", "day", "2021-02-03"));
      assertEquals(predictor.predict(texts).number(), predictor.predict(typed).number());
    }
  }

  @Test
  void filesOfAnotherDialectAreReadWithTheirOwnSettings() throws IOException {
    write("comma.csv", COLUMNS, rows, ",");
    String error =
        folder
            .run(
                "predict",
                "c.yaml",
                "--input",
                folder.path("comma.csv").toString(),
                "--output",
                folder.path("out", "refused").toString())
            .error(1);
    assertTrue(
        error.contains("which train had in every row") || error.contains("none of the columns"),
        error);
    Predicted comma =
        Predicted.of(
            folder, "c.yaml", folder.path("comma.csv"), "--set", "predict.source.delimiter=\",\"");
    assertEquals(all(), predictions(comma));
    assertTrue(Files.exists(folder.path("comma.csv")));
  }
}
