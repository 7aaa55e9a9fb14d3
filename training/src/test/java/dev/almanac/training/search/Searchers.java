package dev.almanac.training.search;

import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.search.sample.SamplerContract;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Several processes at one study, each a JVM of its own. */
record Searchers(Path folder) {
  private static final String SPACE =
      "{\"x\": {\"float\": [-1.0, 1.0]}, \"y\": {\"log-uniform\": [0.1, 10.0]}}";
  private static final int TRIALS = 16;

  /** Searches as a leader when nobody leads, and else joins. */
  public static final class Searcher {
    private Searcher() {}

    /** Arguments: the study's folder, and the milliseconds that a segment takes. */
    public static void main(String[] arguments) throws Exception {
      Path trained = Path.of(arguments[0]).resolveSibling("trained");
      Curves curves = new Curves(9, false, 0);
      Objective slow =
          (trial, until) -> {
            TimeUnit.MILLISECONDS.sleep(Long.parseLong(arguments[1]));
            Objective.Outcome outcome = curves.evaluate(trial, until);
            Files.writeString(
                trained.resolve(
                    "%s-%s-%s"
                        .formatted(trial.number(), trial.reached(), ProcessHandle.current().pid())),
                "");
            return outcome;
          };
      while (true) {
        try (Study study = Study.open(arguments[0], question(7), space(), false)) {
          study.run(slow, Effort.of(TRIALS, 1), StudyListener.NONE);
          return;
        } catch (LeaseException led) {
          if (Study.join(arguments[0], question(7), slow, 2, StudyListener.NONE) != null) {
            return;
          }
        }
      }
    }
  }

  static SearchSpace space() throws IOException {
    return SamplerContract.space(SPACE);
  }

  static StudyConfig question(long seed) throws IOException {
    return new StudyConfig(
        "joined",
        "random",
        seed,
        "validation.mae",
        Goal.MINIMIZE,
        Json.tree(SPACE, "space"),
        "base",
        new Course(
            Order.DETERMINISTIC,
            4,
            Json.tree(
                "{\"name\": \"asha\", \"min\": 1, \"eta\": 3, \"form\": \"promote\"}", "asha"),
            new Epochs("train.epochs", 9)));
  }

  Process search(String study) throws IOException {
    Files.createDirectories(folder.resolve("trained"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Searcher.class.getName(),
            folder.resolve(study).toString(),
            "150")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log-" + System.nanoTime()).toFile())
        .start();
  }

  List<String> alone() throws Exception {
    Path at = folder.resolve("alone");
    try (Study study = Study.open(at.toString(), question(7), space(), false)) {
      study.run(new Curves(9, false, 0), Effort.of(TRIALS, 2), StudyListener.NONE);
      return results(study.trials());
    }
  }

  private static List<String> results(List<Trial> trials) {
    return trials.stream()
        .map(trial -> Json.line(trial).replaceAll("\"seconds\":[0-9.E-]+,?", ""))
        .toList();
  }

  List<String> results(String study) throws IOException {
    try (Study opened = Study.open(folder.resolve(study).toString(), question(7), space(), false)) {
      return results(opened.trials());
    }
  }

  Set<String> trainers() throws IOException {
    Set<String> processes = new HashSet<>();
    try (var files = Files.list(folder.resolve("trained"))) {
      files.forEach(
          file -> {
            String name = file.getFileName().toString();
            processes.add(name.substring(name.lastIndexOf('-') + 1));
          });
    }
    return processes;
  }

  void awaitJournal(int lines) throws Exception {
    Path journal = folder.resolve("joined/trials.jsonl");
    while (!Files.exists(journal) || Files.readAllLines(journal).size() < lines) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  List<String> segments() throws IOException {
    try (var files = Files.list(folder.resolve("trained"))) {
      return files.map(file -> file.getFileName().toString().replaceAll("-\\d+$", "")).toList();
    }
  }
}
