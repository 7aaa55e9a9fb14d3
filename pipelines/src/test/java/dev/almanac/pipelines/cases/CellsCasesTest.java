package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.report.Report;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that a step could not read are counted and shown, and too many of them are an error. */
class CellsCasesTest {
  @TempDir Path folder;

  @Test
  void aCastThatLosesMostOfItsCellsIsAnErrorWithPlaces() throws IOException {
    CaseFolder thousands = CaseFolder.of("18b-thousands", folder);
    String error = thousands.run("prepare", "cast.yaml").error(1);
    assertTrue(
        error.contains("features.max-unreadable: 0.01 allows") && error.contains("cast of 'x2'"),
        error);
    assertTrue(error.contains("a.csv, line 2: 3,820"), error);
    assertFalse(error.contains("cast it") || error.contains("leave"), error);
  }

  @Test
  void theErrorForTextInANumericColumnDoesNotAdviseALoss() throws IOException {
    String error = CaseFolder.of("18b-thousands", folder).run("prepare", "c.yaml").error(2);
    assertFalse(error.contains("cast"), error);
  }

  @Test
  void aLabelThatACastCannotReadIsNoMissingLabel() throws IOException {
    String error = CaseFolder.of("18-decimal-comma", folder).run("prepare", "cast.yaml").error(1);
    assertTrue(error.contains("cast of 'y': ") && error.contains("line 2: 27,62"), error);
  }

  @Test
  void whatIsAllowedIsCountedInTheSummaryAndTheManifest() throws IOException {
    CaseFolder own = stations("features: {max-unreadable: 0.2, steps: " + STEPS + "}");
    CaseFolder.Answer answer = own.run("prepare", "c.yaml");
    List<Notice> notices = answer.manifest().notices();
    assertEquals(List.of("x", "log", "share"), notices.stream().map(Notice::subject).toList());
    assertEquals(List.of(3L, 2L, 4L), notices.stream().map(Notice::count).toList());
    assertTrue(notices.get(0).text().startsWith("cast of 'x' could not read 3 of "), answer.out());
    assertEquals(3, answer.json().get("notices").size());
    assertTrue(answer.err().isEmpty() || !answer.err().contains("unexpected"));
  }

  @Test
  void theListOfStepsAloneTakesTheUsualShare() throws IOException {
    String error = stations("features: " + STEPS).run("prepare", "c.yaml").error(1);
    assertTrue(error.contains("features.max-unreadable: 0.01 allows"), error);
  }

  @Test
  void aSectionOfASettingAloneHasNoSteps() throws IOException {
    CaseFolder own = stations("features: {max-unreadable: 0.01}");
    assertEquals(List.of(), own.run("prepare", "c.yaml", "--set", NUMBERS).manifest().notices());
  }

  @Test
  void unknownKeysAndSharesOfTheSectionAreNamed() throws IOException {
    String error =
        stations("features: {max-unreadable: 2, step: []}").run("prepare", "c.yaml").error(2);
    assertTrue(error.contains("features.max-unreadable: must be a number from 0 to 1"), error);
    assertTrue(error.contains("features.step: unknown key, did you mean 'steps'?"), error);
  }

  @Test
  void aWrongStepOfTheSectionHasItsPlace() throws IOException {
    String error =
        stations("features: {steps: [{cast: {column: x, to: bits}}]}")
            .run("prepare", "c.yaml")
            .error(2);
    assertTrue(error.contains("features.steps[0].cast.to"), error);
  }

  @Test
  void predictCountsWhatItsStepsCannotRead() throws IOException {
    CaseFolder own = stations("features: {max-unreadable: 0.2, steps: " + STEPS + "}");
    own.run("prepare", "c.yaml").json();
    own.run("train", "c.yaml").json();
    own.write(
        "new/a.csv",
        """
        day,x,n,m
        2022-01-01,7,3,2
        2022-01-02,seven,3,2
        2022-01-03,8,-2,0
        """);
    List<String> predict =
        new ArrayList<>(
            List.of(
                "predict",
                "c.yaml",
                "--input",
                own.path("new", "a.csv").toString(),
                "--output",
                own.path("out", "p").toString()));
    String error = own.run(predict.toArray(String[]::new)).error(1);
    assertTrue(
        error.contains("than features.max-unreadable: 0.2 of the run")
            && error.contains("predict.max-unreadable")
            && error.contains("cast of 'x': 1 of 3 cells")
            && error.contains("a.csv, line 3: seven"),
        error);
    try (Stream<Path> left = Files.walk(own.path("out", "p"))) {
      assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
    }
    predict.addAll(List.of("--set", "predict.max-unreadable=0.3"));
    error = own.run(predict.toArray(String[]::new)).error(1);
    assertTrue(error.contains("than predict.max-unreadable: 0.3 allows"), error);
    predict.addAll(List.of("--set", "predict.max-unreadable=1"));
    JsonNode notices = own.run(predict.toArray(String[]::new)).json().get("notices");
    assertEquals(3, notices.size(), notices.toString());
    assertEquals(
        "cast of 'x' could not read 1 of 3 cells (33.3 %); it is missing",
        notices.get(0).get("text").textValue());
    assertTrue(notices.get(0).get("places").get(0).textValue().endsWith("a.csv, line 3: seven"));
  }

  @Test
  void withoutTestRowsARunHasAReportThatSaysSo() throws IOException {
    CaseFolder none = CaseFolder.of("26e-no-test", folder);
    JsonNode result = none.run("run", "c.yaml").json();
    String report = Files.readString(Path.of(result.get("report").textValue()));
    assertTrue(report.contains("the dataset has no test rows"), report);
    assertTrue(result.get("metrics").has("validation"), result.toString());
    assertFalse(result.get("metrics").has("test"), result.toString());
    assertTrue(
        none.said(List.of("evaluate", "c.yaml"))
            .contains("Not measured on test: the split has no rows."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "26a-one-row-splits",
        "26b-constant-label",
        "26c-constant-all",
        "26d-no-validation",
        "26f-one-train-row"
      })
  void fewRowsOfASplitAreEnoughForARun(String name) throws IOException {
    JsonNode result = CaseFolder.of(name, folder).run("run", "c.yaml").json();
    assertTrue(Files.exists(Path.of(result.get("report").textValue())), result.toString());
    assertEquals(!name.contains("no-validation"), result.get("metrics").has("validation"));
    assertTrue(result.get("metrics").has("test"), result.toString());
  }

  @Test
  void oneClassInValidationHasNoAreaUnderACurve() throws IOException {
    JsonNode metrics =
        CaseFolder.of("26g-one-class-val", folder).run("run", "c.yaml").json().get("metrics");
    assertFalse(metrics.get("validation").has("auc"), metrics.toString());
    assertTrue(metrics.get("validation").has("accuracy"), metrics.toString());
  }

  @Test
  void oneClassInTrainIsAnErrorThatNamesIt() throws IOException {
    String error = CaseFolder.of("26h-one-class-train", folder).run("run", "c.yaml").error(1);
    assertTrue(error.contains("two classes in the train split (1, such as [no])"), error);
  }

  @Test
  void datesThatACastCannotReadAreCountedThoughTheirRowsHaveNoSplit() throws IOException {
    StringBuilder csv = new StringBuilder("when,x,y\n");
    for (int i = 0; i < 60; i++) {
      String day = LocalDate.of(2020, 1, 1).plusDays(i).toString();
      csv.append("%s,%d,%d\n".formatted(i % 6 == 5 ? "on " + day : day, i % 7, i));
    }
    CaseFolder own =
        CaseFolder.in(folder)
            .write("data/a.csv", csv.toString())
            .write(
                "c.yaml",
                """
                source: {files: ["data/*.csv"]}
                columns: {label: y, numeric: [x]}
                features: [{cast: {column: when, to: date, into: day}}]
                split: {column: day, train: {until: 2020-02-01}, validation: {from: 2020-02-01, until: 2020-02-15}, test: {from: 2020-02-15}}
                output: {dataset: out/ds, row-group-rows: 256, files: 1}
                """);
    String error = own.run("prepare", "c.yaml").error(1);
    assertTrue(
        error.contains("cast of 'when' into 'day': 10 of 60 cells (16.7 %; rows without a date 10")
            && error.contains("line 7: on 2020-01-06"),
        error);
  }

  @Test
  void aClassThatOnlyTestHasCountsAsWrong() throws IOException {
    CaseFolder hail = CaseFolder.of("29-class-only-in-test", folder);
    CaseFolder.Answer prepared = hail.run("prepare", "c.yaml");
    assertEquals(130, prepared.manifest().rows(Split.TEST));
    Notice notice = prepared.manifest().notices().get(0);
    assertEquals(Notice.Kind.UNKNOWN_CLASSES, notice.kind());
    assertEquals(20, notice.count());
    assertTrue(notice.text().contains("class 'hail' (20 test rows)"), notice.text());
    assertTrue(notice.places().get(0).endsWith("a.csv, line 782: hail"), notice.toString());
    assertEquals(List.of("hail"), prepared.manifest().columns().label().unknownClasses());
    hail.run("train", "c.yaml").json();
    String summary = hail.said(List.of("evaluate", "c.yaml"));
    assertTrue(summary.contains("(hail) count as wrong in accuracy"), summary);
    JsonNode result = hail.run("evaluate", "c.yaml").json();
    double accuracy = result.at("/metrics/test/accuracy").doubleValue();
    double right = accuracy * 130;
    assertEquals(Math.rint(right), right, 1e-9);
    assertTrue(accuracy <= 110.0 / 130, result.toString());
    // Without its rows the loss is that of classes that can be predicted: no 34.5 a row.
    assertTrue(result.at("/metrics/test/log-loss").doubleValue() < 3, result.toString());
    String report = Files.readString(Path.of(Report.write(result.get("run").textValue())));
    assertTrue(
        report.contains("20 of the wrong ones are of classes that no row of train has (hail)"));
  }

  @Test
  void aClassThatOnlyTestHasIsDroppedWhenAskedToBe() throws IOException {
    CaseFolder hail = CaseFolder.of("29-class-only-in-test", folder);
    CaseFolder.Answer prepared =
        hail.run("prepare", "c.yaml", "--set", "columns.unknown-classes=drop");
    assertEquals(110, prepared.manifest().rows(Split.TEST));
    assertEquals(110, prepared.manifest().totals().test());
    assertEquals(20, prepared.manifest().totals().dropped());
    assertTrue(prepared.manifest().source().files().get(0).rows().balances());
    assertEquals(20, prepared.manifest().notices().get(0).count());
    CaseFolder.Answer since =
        hail.run(
            "prepare",
            "c.yaml",
            "--set",
            "columns.unknown-classes=drop",
            "--since",
            prepared.dataset().folder());
    assertEquals(prepared.manifest().hash(), since.manifest().hash());
    hail.run("train", "c.yaml", "--set", "columns.unknown-classes=drop").json();
    hail.run("evaluate", "c.yaml", "--set", "columns.unknown-classes=drop").json();
  }

  @Test
  void aClassThatOnlyTestHasIsRefusedByNameWhenAskedToBe() throws IOException {
    String error =
        CaseFolder.of("29-class-only-in-test", folder)
            .run("prepare", "c.yaml", "--set", "columns.unknown-classes=refuse")
            .error(1);
    assertTrue(
        error.contains("class 'hail' (20 test rows): ") && error.contains("a.csv, line 782: hail"),
        error);
  }

  @Test
  void aThirdClassInValidationDoesNotStopATraining() throws IOException {
    StringBuilder csv = new StringBuilder("day,x,y\n");
    for (int i = 0; i < 60; i++) {
      csv.append(
          "%s,%d,%s\n"
              .formatted(
                  LocalDate.of(2020, 1, 1).plusDays(i),
                  i % 7,
                  i >= 40 && i < 44 ? "maybe" : i % 2 == 0 ? "yes" : "no"));
    }
    CaseFolder own =
        CaseFolder.in(folder)
            .write("data/a.csv", csv.toString())
            .write(
                "c.yaml",
                """
                source: {files: ["data/*.csv"]}
                columns: {label: y, numeric: [x]}
                split: {column: day, train: {until: 2020-02-01}, validation: {from: 2020-02-01, until: 2020-02-15}, test: {from: 2020-02-15}}
                output: {dataset: out/ds, row-group-rows: 256, files: 1}
                train: {task: binary, model: {family: linear}, batch-size: 16, epochs: 2, device: cpu, runs: out/runs}
                """);
    JsonNode metrics = own.run("run", "c.yaml").json().get("metrics");
    assertTrue(metrics.at("/validation/accuracy").doubleValue() <= 10.0 / 14, metrics.toString());
    assertTrue(metrics.at("/validation/log-loss").doubleValue() < 3, metrics.toString());
  }

  @Test
  void driftFromASmallTrainIsNotJudgedAndRefusedWhenDriftIs() throws IOException {
    CaseFolder order = CaseFolder.of("37-order", folder);
    order.run("prepare", "c.yaml").json();
    order.run("train", "c.yaml").json();
    StringBuilder far = new StringBuilder("date,station,grp,n,x1\n");
    for (int i = 0; i < 2_000; i++) {
      far.append("2021-05-01,S1,1,%d,%d\n".formatted(900 + i, 500 + i));
    }
    order.write("new/far.csv", far.toString());
    List<String> predict =
        List.of(
            "predict",
            "c.yaml",
            "--input",
            order.path("new", "far.csv").toString(),
            "--output",
            order.path("out", "p").toString());
    JsonNode drift = order.run(predict.toArray(String[]::new)).json().get("drift");
    assertEquals(0, drift.get("drifted").size(), drift.toString());
    assertEquals(4, drift.get("unjudged").size(), drift.toString());
    String table = order.said(predict);
    assertTrue(
        table.contains(
            "Drift from train: not judged, train or these rows have fewer than 1000 values there\n"),
        table);
    List<String> refusing = new ArrayList<>(predict);
    refusing.addAll(List.of("--set", "predict.drift=refuse"));
    String error = order.run(refusing.toArray(String[]::new)).error(1);
    assertTrue(error.contains("cannot be told of 4 of 4 columns"), error);
    refusing.addAll(List.of("--set", "predict.unjudged=allow"));
    order.run(refusing.toArray(String[]::new)).json();
  }

  private static final String STEPS =
      "[{cast: {column: x, to: double}}, {log1p: {column: n, into: log}},"
          + " {ratio: {left: n, right: m, into: share}}]";

  private static final String NUMBERS = "columns.numeric=[n, m]";

  /** Some cells of {@code x} are no numbers, some of {@code n} below 0, some of {@code m} 0. */
  private CaseFolder stations(String features) throws IOException {
    StringBuilder csv = new StringBuilder("day,x,n,m,y\n");
    for (int i = 0; i < 60; i++) {
      csv.append(
          "%s,%s,%d,%d,%d\n"
              .formatted(
                  LocalDate.of(2020, 1, 1).plusDays(i),
                  i % 20 == 7 ? "n/a" : Integer.toString(i),
                  i % 30 == 4 ? -3 : i % 9,
                  i % 15 == 2 ? 0 : 5,
                  i));
    }
    return CaseFolder.in(folder)
        .write("data/a.csv", csv.toString())
        .write(
            "c.yaml",
            """
            source: {files: ["data/*.csv"]}
            columns: {label: y, numeric: [n, m, x]}
            %s
            split: {column: day, train: {until: 2020-02-01}, validation: {from: 2020-02-01, until: 2020-02-15}, test: {from: 2020-02-15}}
            output: {dataset: out/ds, row-group-rows: 256, files: 1}
            train: {task: regression, model: {family: linear}, batch-size: 16, epochs: 1, device: cpu, runs: out/runs}
            """
                .formatted(features));
  }
}
