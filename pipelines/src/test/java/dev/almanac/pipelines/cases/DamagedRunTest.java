package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.report.Report;
import dev.almanac.training.evaluate.Importance;
import dev.almanac.training.run.Run;
import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No damage to a run passes: 300 to all of its files are named by what would use them, every
 * twentieth one by the whole command.
 */
class DamagedRunTest {
  private static final int TIMES = 300;
  private static final int COMMAND_EVERY = 20;

  @TempDir static Path temporary;
  private static final List<String> PEOPLES =
      List.of("log.txt", "dependencies.txt", "system.jsonl");

  private static CaseFolder folder;
  private static Path run;

  @BeforeAll
  static void trainAndEvaluate() throws IOException {
    folder = CaseFolder.in(temporary);
    StringBuilder csv = new StringBuilder("day,kind,x,y\n");
    for (int row = 0; row < 2100; row++) {
      csv.append(
          "%s,k%d,%d,%d.5\n"
              .formatted(LocalDate.of(2015, 1, 1).plusDays(row), row, row % 17, 2 * (row % 17)));
    }
    folder.write("data/a.csv", csv.toString());
    folder.write(
        "c.yaml",
        """
        name: damaged
        source: {files: ["data/*.csv"]}
        columns: {label: y, numeric: [x], nominal: [kind], keep: [day]}
        split:
          column: day
          train: {until: 2019-01-01}
          validation: {from: 2019-01-01, until: 2020-01-01}
          test: {from: 2020-01-01}
        output: {dataset: datasets, row-group-rows: 500, files: 2}
        train: {task: regression, model: {family: mlp, hidden: [4]}, batch-size: 256, epochs: 2, device: cpu, runs: runs}
        """);
    folder.run("prepare", "c.yaml").json();
    run = Path.of(folder.run("train", "c.yaml").json().get("run").textValue());
    folder.run("evaluate", "c.yaml").json();
    assertEquals(0, folder.run("runs", "verify", "c.yaml").status());
  }

  @Test
  void noDamageToARunPasses() throws IOException {
    Damage damage = new Damage(run, path -> !path.equals("report.html"), 13);
    assertEquals(
        List.of(
            "dependencies.txt",
            "importance.json",
            "log.txt",
            "metrics.jsonl",
            "model/model.json",
            "model/weights.safetensors",
            "predictions/test/part-00000-of-00002.parquet",
            "predictions/test/part-00001-of-00002.parquet",
            "run.json",
            "system.jsonl",
            "transform/transform.json",
            "transform/vocabulary/000-kind.jsonl"),
        damage.paths());
    for (int time = 0; time < TIMES; time++) {
      Damage.Done done = damage.next();
      String refused =
          assertThrows(ForeseenException.class, () -> use(done), done.what()).getMessage();
      assertTrue(isNamed(done, refused), () -> done.what() + ": " + refused);
      if (time % COMMAND_EVERY == 0) {
        String verified = folder.run("runs", "verify", "c.yaml", run.toString()).out();
        assertTrue(isNamed(done, verified), () -> done.what() + ", runs verify: " + verified);
        String error = command(done);
        assertTrue(isNamed(done, error), () -> done.what() + ", command: " + error);
      }
      damage.mend();
    }
    use(new Damage.Done("nothing", List.of("log.txt")));
  }

  @Test
  void aStoppedRunOfWhichTheCheckpointOrAnEpochChangedIsNotGoneOnWith() throws IOException {
    CaseFolder.Answer slow =
        folder.run(
            "train",
            "c.yaml",
            "--set",
            "train.runs=stopped",
            "--set",
            "train.optimizer.learning-rate=1.0e+30",
            "--set",
            "train.checkpoint={steps: 1, seconds: 0}");
    assertEquals(1, slow.status(), slow.out());
    Path stopped;
    try (var runs = Files.list(folder.path("stopped"))) {
      stopped = runs.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    Damage damage = new Damage(stopped, path -> path.startsWith("checkpoint/"), 14);
    assertEquals(2, damage.paths().size(), damage.paths()::toString);
    for (int time = 0; time < 8; time++) {
      Damage.Done done = damage.next();
      String error =
          folder
              .run(
                  "train",
                  "c.yaml",
                  "--resume",
                  stopped.toString(),
                  "--set",
                  "train.runs=stopped",
                  "--set",
                  "train.optimizer.learning-rate=1.0e+30",
                  "--set",
                  "train.checkpoint={steps: 1, seconds: 0}")
              .error(1);
      assertTrue(isNamed(done, error), () -> done.what() + ": " + error);
      damage.mend();
    }
  }

  /** A model names its weights without the folder. */
  private static boolean isNamed(Damage.Done done, String text) {
    return done.paths().stream().anyMatch(path -> text.contains(path.replaceFirst("^model/", "")));
  }

  /** All that predict, export, evaluate and report read. */
  private static void use(Damage.Done done) throws IOException {
    Run open = Run.open(run.toString());
    open.model();
    open.transform();
    open.epochs();
    Importance.read(open);
    Report.write(run.toString());
    if (PEOPLES.containsAll(done.paths())) {
      // Nothing but a person reads them.
      String verified = folder.run("runs", "verify", "c.yaml", run.toString()).out();
      if (!verified.contains("\"same\":true") && !verified.contains("\"same\" : true")) {
        throw new DamagedFileException(verified);
      }
    }
  }

  /** The command that would use the file. */
  private static String command(Damage.Done done) throws IOException {
    String path = done.paths().get(0);
    if (path.startsWith("model/") || path.startsWith("transform/")) {
      String exported = folder.run("export", "c.yaml").error(1);
      assertTrue(isNamed(done, exported), exported);
      return folder
          .run(
              "predict",
              "c.yaml",
              "--input",
              "%s/a.csv".formatted(folder.path("data")),
              "--output",
              folder.path("predicted").toString())
          .error(1);
    }
    if (path.equals("run.json")) {
      return folder.run("evaluate", "c.yaml", "--run", run.toString()).error(1);
    }
    return PEOPLES.contains(path)
        ? folder.run("runs", "verify", "c.yaml", run.toString()).out()
        : assertThrows(DamagedFileException.class, () -> Report.write(run.toString())).getMessage();
  }
}
