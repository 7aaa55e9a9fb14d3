package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.search.Search;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.pipelines.work.worker.WorkerProgram;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.Until;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study whose process and workers are killed a hundred times, as by {@code kill -9}: each time
 * any of them, at any moment. {@link SearchKillIT} kills real trainings, less often.
 */
class StudyKillIT {
  private static final int TRIALS = 80;

  private static final List<String> FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  /** Kills by the number of workers: the more there are, the longer a search takes to start. */
  private static final Map<Integer, Integer> KILLS =
      new TreeMap<>(Map.of(1, 34, 2, 30, 4, 22, 8, 14));

  private static final String SEARCH =
      SmallConfig.TEXT.replace("epochs: 3", "epochs: " + FormulaWorker.EPOCHS)
          + """
          search:
            name: small
            sampler: tpe
            trials: %s
            retries: 100
            pruner: {name: asha, min: 1, eta: 3}
            space:
              train.optimizer.learning-rate: {log-uniform: [1.0e-3, 1.0e-1]}
              train.optimizer.weight-decay: {float: [0.0, 1.0]}
          """
              .formatted(TRIALS);

  @TempDir Path folder;
  private String dataset;

  @BeforeEach
  void prepare() throws Exception {
    String config = SmallConfig.writeBeside(folder.resolve("first"), SEARCH);
    dataset = Call.of("prepare", config, "--json").dataset().folder();
    RunSeries.Origin nobody = new RunSeries.Origin("s", 0, Map.of());
    WorkerTalk.answers(
        config,
        List.of(
            new WorkerMessage.Request(
                List.of(), dataset, "sample", nobody, Until.epoch(FormulaWorker.EPOCHS), null)));
  }

  /** The search as a process, with workers that start in a moment. */
  static final class Searching {
    private Searching() {}

    /** Arguments: the config, the dataset, the finished run, and how many workers. */
    public static void main(String[] arguments) throws Exception {
      ConfigFile file = new ConfigFile(arguments[0], List.of("search.parallel=" + arguments[3]));
      WorkerProgram worker =
          new WorkerProgram(FLAGS, FormulaWorker.class.getName(), List.of(arguments[2]));
      new Search(file, arguments[1], Set.of(), Engine.none(List.of()), (config, engine) -> worker)
          .run(Watch.nobody());
    }
  }

  private static List<String> java(String... more) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(FLAGS);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(more));
    return line;
  }

  private Process search(Path at, int workers) throws IOException {
    return new ProcessBuilder(
            java(
                Searching.class.getName(),
                at.resolve("small.yaml").toString(),
                dataset,
                at.resolve("sample").toString(),
                String.valueOf(workers)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(at.resolve("said.txt").toFile()))
        .start();
  }

  /** A folder with the config, and beside where its runs will be, the finished one. */
  private Path place(String name) throws IOException {
    Path at = folder.resolve(name);
    SmallConfig.writeBeside(at, SEARCH);
    Path sample = folder.resolve("first/runs/sample");
    Path copy = at.resolve("sample");
    Files.createDirectories(copy.resolve(Run.MODEL));
    for (String file : Run.open(sample.toString()).files(Run.MODEL)) {
      Files.copy(sample.resolve(file), copy.resolve(file));
    }
    for (String file : List.of(RunRecord.FILE, Run.EPOCHS)) {
      Files.copy(sample.resolve(file), copy.resolve(file));
    }
    return at;
  }

  @Test
  @Timeout(900)
  void aHundredKillsLoseNothingAndDoNothingTwice() throws Exception {
    Path whole = place("whole");
    assertEquals(0, search(whole, 1).waitFor(), () -> said(whole));
    List<String> expected = results(whole);
    assertEquals(TRIALS, expected.size());
    for (int workers : KILLS.keySet()) {
      Path cut = place("cut-" + workers);
      kill(cut, workers, KILLS.get(workers), new Random(workers));
      assertEquals(expected, results(cut), workers + " workers");
      checkRuns(cut);
      assertEquals(winner(whole), winner(cut));
    }
  }

  /** Kills, and lets the last process come to its end. */
  private void kill(Path at, int workers, int kills, Random random) throws Exception {
    Process search = search(at, workers);
    int studies = 0;
    for (int kill = 0; kill < kills; kill++) {
      int lines = random.nextInt(3);
      await(at, search, lines(at) + lines, random);
      List<ProcessHandle> children = search.children().toList();
      if (random.nextInt(3) == 0) {
        search.destroyForcibly().waitFor();
        studies++;
        if (random.nextBoolean()) {
          children.forEach(ProcessHandle::destroyForcibly);
        }
        search = search(at, workers);
      } else {
        while (children.isEmpty() && search.isAlive()) {
          TimeUnit.MILLISECONDS.sleep(10);
          children = search.children().toList();
        }
        assertTrue(search.isAlive(), () -> "it ended before it was killed: " + said(at));
        children.get(random.nextInt(children.size())).destroyForcibly();
      }
    }
    assertTrue(studies > 0);
    assertEquals(0, search.waitFor(), () -> said(at));
  }

  /** Until so many lines are there and a moment longer, or for a while from the start. */
  private static void await(Path at, Process search, int lines, Random random) throws Exception {
    boolean soon = random.nextInt(5) == 0;
    while (!soon && lines(at) < lines && search.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    search.waitFor(random.nextInt(soon ? 1000 : 50), TimeUnit.MILLISECONDS);
  }

  private static Path journal(Path at) {
    return at.resolve("studies/small/trials.jsonl");
  }

  private static List<Trial> journalled(Path at) throws IOException {
    List<Trial> lines = new ArrayList<>();
    if (Files.exists(journal(at))) {
      for (String line : Files.readAllLines(journal(at))) {
        lines.add(Json.read(line, Trial.class, "trials.jsonl"));
      }
    }
    return lines;
  }

  private static int lines(Path at) throws IOException {
    return journalled(at).size();
  }

  /** What came of each trial, whichever run it was and however long it took. */
  private static List<String> results(Path at) throws IOException {
    Map<Integer, Trial> last = new TreeMap<>();
    journalled(at).forEach(line -> last.put(line.number(), line));
    assertTrue(
        last.values().stream().noneMatch(trial -> trial.state() == Trial.State.RUNNING),
        last::toString);
    return last.values().stream()
        .map(
            trial ->
                Json.line(trial)
                    .replaceAll("\"seconds\":[0-9.E-]+,?", "")
                    .replaceAll("\"run-id\":\"[^\"]*\",?", ""))
        .toList();
  }

  /** One run a trial, as far as its trial, and no change of a trial is written twice. */
  private static void checkRuns(Path at) throws IOException {
    Map<Integer, Trial> last = new TreeMap<>();
    Set<String> changes = new TreeSet<>();
    for (Trial line : journalled(at)) {
      last.put(line.number(), line);
      assertTrue(
          changes.add("%s %s %s".formatted(line.number(), line.state(), line.reached())),
          () -> "twice: " + line);
    }
    Map<Integer, Run> runs = new TreeMap<>();
    for (Run run : new RunStore(at.resolve("runs").toString()).list()) {
      assertEquals(null, runs.put(run.record().trial().number(), run), "one run a trial");
    }
    assertEquals(last.keySet(), runs.keySet());
    for (Trial trial : last.values()) {
      Run run = runs.get(trial.number());
      assertEquals(trial.runId(), run.record().runId());
      assertEquals(trial.state().text(), run.record().status().text(), trial::toString);
      assertEquals(trial.reached(), run.epochs().size(), trial::toString);
      assertEquals(List.of(), run.epochLines().damage());
    }
  }

  private static int winner(Path at) throws IOException {
    return Json.tree(Files.readString(at.resolve("studies/small/winner.json")), "winner")
        .get("trial")
        .intValue();
  }

  private static String said(Path at) {
    try {
      return Files.readString(at.resolve("said.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
