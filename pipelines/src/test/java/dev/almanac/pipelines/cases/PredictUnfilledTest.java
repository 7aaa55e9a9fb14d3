package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.run.Run;
import dev.almanac.training.score.Predictor;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.reject.RejectedRowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feature that comes out missing in a row to predict, and that no impute step fills. */
class PredictUnfilledTest {
  @TempDir Path temporary;

  @Test
  void aRowWithoutAValueThatNothingFillsIsARejectWithItsPlace() throws IOException {
    StringBuilder csv = new StringBuilder("day,when,n,y\n");
    for (int i = 0; i < 80; i++) {
      csv.append("%1$s,%1$s,%2$d,%3$d\n".formatted(LocalDate.of(2020, 1, 1).plusDays(i), i % 9, i));
    }
    CaseFolder own =
        CaseFolder.in(temporary)
            .write("data/a.csv", csv.toString())
            .write(
                "c.yaml",
                """
                source: {files: ["data/*.csv"]}
                columns: {label: y, numeric: [n, when.month-sin], keep: [n]}
                features: [{date-parts: {column: when, parts: [month-sin]}}]
                fit: {numeric: [standardize]}
                split: {column: day, train: {until: 2020-02-20}, validation: {from: 2020-02-20, until: 2020-03-01}, test: {from: 2020-03-01}}
                output: {dataset: out/ds, row-group-rows: 256, files: 1}
                train: {task: regression, model: {family: linear}, batch-size: 16, epochs: 1, device: cpu, runs: out/runs}
                """)
            .write("new/a.csv", "when,n\n2022-01-01,7\n,3\n2022-01-03,2\n");
    own.run("prepare", "c.yaml").json();
    String run = own.run("train", "c.yaml").json().get("run").textValue();
    String output = own.path("out", "p").toString();
    String error =
        own.run(
                "predict",
                "c.yaml",
                "--input",
                own.path("new", "a.csv").toString(),
                "--output",
                output)
            .error(1);
    assertTrue(
        error.contains("a.csv, line 3, column 'when.month-sin': computed-as-missing"), error);
    assertFalse(error.contains("byte -1"), error);
    Predicted two =
        Predicted.of(own, "c.yaml", own.path("new", "a.csv"), "--set", "rejects.max-rows=1");
    assertEquals(List.of("7", "2"), two.column("keep.n"));
    assertEquals(1, two.rejected());
    String manifest =
        Files.readString(Path.of(two.json().get("predictions").textValue(), "predictions.json"));
    String rejects =
        Files.readString(
            Path.of(two.json().get("predictions").textValue())
                .resolve(Json.tree(manifest, "manifest").get("rejects").get(0).textValue()));
    assertTrue(
        rejects.contains("\"line\":3") && rejects.contains("\"column\":\"when.month-sin\""),
        rejects);
    try (Predictor predictor = Predictor.of(Run.open(run))) {
      RejectedRowException refused =
          assertThrows(
              RejectedRowException.class,
              () ->
                  predictor.predict(List.of(Map.of("n", 7, "when", "2022-01-01"), Map.of("n", 3))));
      assertEquals(1, refused.row());
      assertEquals("when.month-sin", refused.column());
      assertEquals(RejectReason.NOTHING_FILLS, refused.reason());
    }
  }
}
