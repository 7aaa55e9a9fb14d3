package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.work.worker.TrialDevices;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches with real training processes. */
@Timeout(300)
class SearchCommandTest {
  @TempDir static Path shared;
  private static Call finished;

  @TempDir Path folder;

  @BeforeAll
  static void search() throws Exception {
    String config = SmallConfig.write(shared, SmallConfig.SEARCH);
    // A search makes one run a trial, whatever a training repeats.
    finished = Call.of("search", config, "--json", "--set", "train.repeats=3");
    assertEquals(0, finished.status(), finished.err());
  }

  /** Copies the finished search of four trials to this test's folder; the copy's config. */
  private String finishedSearch() throws IOException {
    try (Stream<Path> paths = Files.walk(shared)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path copy = folder.resolve(shared.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
    return folder.resolve("small.yaml").toString();
  }

  @Test
  void everyTrialIsARunAndTheTestSplitIsReadForTheWinnerAlone() throws Exception {
    String config = finishedSearch();
    JsonNode json = finished.json();
    assertEquals(4, json.get("trials").intValue());
    assertEquals("trials", json.get("ended-by").textValue());
    assertEquals(1, SmallConfig.datasets(shared).size());

    Map<String, Double> validation = new TreeMap<>();
    List<String> tested = new ArrayList<>();
    for (Run run : new RunStore(folder + "/runs").list()) {
      validation.put(run.record().runId(), run.record().metrics().get("validation").get("mae"));
      if (run.record().metrics().containsKey("test")) {
        tested.add(run.record().runId());
      }
      assertEquals(SmallConfig.datasets(shared).get(0), run.record().dataset().path());
    }
    assertEquals(4, validation.size());
    String winner = json.get("run-id").textValue();
    assertEquals(List.of(winner), tested);
    double least = validation.values().stream().mapToDouble(value -> value).min().orElseThrow();
    assertEquals(least, validation.get(winner));
    assertEquals(least, json.at("/best/value").doubleValue());
    assertTrue(json.at("/metrics/test/mae").isNumber());

    Call again = Call.of("search", config);
    assertEquals(0, again.status(), again.err());
    assertEquals(4, new RunStore(folder + "/runs").list().size());
    assertTrue(again.out().contains("*"), again.out());
    assertTrue(again.out().contains(winner), again.out());

    Call other = Call.of("search", config, "--set", "search.seed=7");
    assertEquals(1, other.status());
    assertTrue(other.err().contains("seed was 42 and is 7"), other.err());
  }

  @Test
  void aSearchThatWasKilledGoesOnAndRepeatsNoFinishedTrial() throws Exception {
    String config =
        SmallConfig.write(
            folder, SmallConfig.SEARCH.replace("epochs: 3", "epochs: 120, patience: 0"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Doffline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "search",
                config)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    builder.environment().put(TrialDevices.VISIBLE, "4,5");
    Process search = builder.start();
    Path trials = folder.resolve("studies/small/trials.jsonl");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    List<ProcessHandle> children = List.of();
    // One trial has ended and another is under way: between two trials there is no child to kill.
    while (!(Files.exists(trials)
        && Files.readString(trials).contains("finished")
        && assignments(trials).size() > ended(trials).size()
        && !children.isEmpty())) {
      assertTrue(search.isAlive(), () -> text("err.txt"));
      assertTrue(System.nanoTime() < deadline, () -> text("err.txt"));
      Thread.sleep(20);
      children = search.descendants().toList();
    }
    assertFalse(children.isEmpty());
    assertOneDeviceEach(children);
    Call second = Call.of("search", config);
    assertEquals(1, second.status());
    assertTrue(
        second.err().contains("process %d on".formatted(search.pid()))
            && second.err().contains("is at it")
            && second.err().contains("with --join this one takes part"),
        second.err());
    assertTrue(search.isAlive(), "the one that was first goes on");
    // As by `kill -9`: nothing of the parent's runs any more.
    search.destroyForcibly().waitFor();
    for (ProcessHandle child : children) {
      child.onExit().get(20, TimeUnit.SECONDS);
    }
    Map<Integer, JsonNode> before = ended(trials);
    assertTrue(before.size() < 4, before::toString);
    Map<Integer, Set<JsonNode>> asked = assignments(trials);
    assertTrue(asked.size() > before.size(), "a trial was under way");

    Call resumed = Call.of("search", config, "--json");
    assertEquals(0, resumed.status(), resumed.err());
    Map<Integer, JsonNode> after = ended(trials);
    assertEquals(Set.of(0, 1, 2, 3), after.keySet());
    before.forEach((number, trial) -> assertEquals(trial, after.get(number)));
    asked.forEach((number, values) -> assertEquals(values, assignments(trials).get(number)));
    assertEquals(
        1, SmallConfig.datasets(folder).size(), "the dataset of the first try is used again");
    // Those killed were gone on with as the runs that they were.
    Map<String, RunStatus> runs = new TreeMap<>();
    for (Run run : new RunStore(folder + "/runs").list()) {
      runs.put(run.record().runId(), run.record().status());
    }
    assertEquals(4, runs.size(), runs::toString);
    assertEquals(Set.of(RunStatus.FINISHED), Set.copyOf(runs.values()));
    after.values().forEach(trial -> assertTrue(runs.containsKey(trial.get("run-id").textValue())));
  }

  @Test
  void aRunThatEndedWhenItsSearchWasDeadIsAdopted() throws Exception {
    String config = finishedSearch();
    Path trials = folder.resolve("studies/small/trials.jsonl");
    Map<Integer, JsonNode> before = ended(trials);
    // The search was killed before it could write how its trials ended.
    List<String> started =
        Files.readAllLines(trials).stream().filter(l -> l.contains("\"running\"")).toList();
    assertEquals(4, started.size());
    Files.write(trials, started);
    Call again = Call.of("search", config, "--json");
    assertEquals(0, again.status(), again.err());
    Map<Integer, JsonNode> after = ended(trials);
    for (int trial = 0; trial < 4; trial++) {
      assertEquals(before.get(trial).get("run-id"), after.get(trial).get("run-id"));
      assertEquals(before.get(trial).get("value"), after.get(trial).get("value"));
    }
    assertEquals(4, new RunStore(folder + "/runs").list().size());
  }

  @Test
  void aWinnerThatIsGoneIsSaidAndTheNextBestIsTaken() throws Exception {
    String config = finishedSearch();
    List<JsonNode> ranked =
        ended(folder.resolve("studies/small/trials.jsonl")).values().stream()
            .sorted(Comparator.comparing(trial -> trial.get("value").doubleValue()))
            .toList();
    String winner = ranked.get(0).get("run-id").textValue();

    Call verified = Call.of("runs", "verify", config, winner, "--json");
    assertEquals(0, verified.status(), verified.out() + verified.err());
    Call other =
        Call.of("runs", "verify", config, winner, "--json", "--set", "train.batch-size=50");
    assertEquals(1, other.status(), other.err());
    assertTrue(
        other.out().contains("train.batch-size=100") && other.out().contains("train.batch-size=50"),
        other.out());

    Storage.deleteFolder(folder.resolve("runs").resolve(winner).toString());
    Call next = Call.of("search", config, "--json");
    assertEquals(0, next.status(), next.err());
    assertEquals(ranked.get(1).get("run-id"), next.json().get("run-id"));
    assertTrue(next.json().at("/notes/0").textValue().endsWith("taking the next best"), next.out());
    // A damaged model is none.
    Path weights =
        folder.resolve("runs").resolve(ranked.get(1).get("run-id").textValue()).resolve("model");
    Storage.deleteFolder(weights.toString());
    Call last = Call.of("search", config, "--json");
    assertEquals(0, last.status(), last.err());
    assertEquals(ranked.get(2).get("run-id"), last.json().get("run-id"));
    Storage.deleteFolder(folder.resolve("runs").toString());
    Call none = Call.of("search", config);
    assertEquals(1, none.status());
    assertTrue(none.err().contains("of the 4 trials"), none.err());
  }

  @Test
  void aDiskThatIsFullEndsTheSearchAndIsNoTrialsFailure() throws Exception {
    Path device = Path.of("/dev/full");
    assumeTrue(Files.exists(device));
    String config = finishedSearch();
    Path trials = folder.resolve("studies/small/trials.jsonl");
    // A trial under way whose run's folder has no room.
    String id = "20260101T000000Z-00000000";
    ObjectNode started = (ObjectNode) Json.tree(Files.readAllLines(trials).get(0), "trials");
    started.put("number", 4).put("run-id", id);
    Files.writeString(trials, Files.readString(trials) + Json.line(started) + "\n");
    Path full =
        Files.createDirectories(folder.resolve("runs").resolve(id)).resolve(".run.json.writing");
    Files.createSymbolicLink(full, device);
    String[] five = {"search", config, "--json", "--set", "search.trials=5"};
    Call call = Call.of(five);
    assertEquals(1, call.status());
    assertTrue(
        call.err().contains("trial 4: Cannot write %s: No space left".formatted(full))
            && call.err().contains("the same command goes on"),
        call.err());
    assertEquals(Set.of(0, 1, 2, 3), ended(trials).keySet());
    Files.deleteIfExists(full);
    Call again = Call.of(five);
    assertEquals(0, again.status(), again.err());
    assertEquals(id, ended(trials).get(4).get("run-id").textValue());
  }

  @Test
  void aDamagedListOfAStudysDatasetsIsNamed() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.SEARCH);
    Path file = folder.resolve("studies/small/datasets.json");
    Files.createDirectories(file.getParent());
    for (String text :
        List.of("", "{}", "[1]", "{\"format-version\": 7, \"datasets\": {}}", "{\"dat")) {
      Files.writeString(file, text);
      Call call = Call.of("search", config);
      assertEquals(1, call.status(), text);
      assertTrue(call.err().contains("its datasets.json, which says"), call.err());
      assertFalse(call.err().contains("unexpected"), call.err());
    }
    assertEquals(List.of(), SmallConfig.datasets(folder));
  }

  @Test
  void aStudyGoesOnWhereItsFolderWasMovedTo() throws Exception {
    Path before = Files.createDirectories(folder.resolve("before"));
    String config = SmallConfig.write(before, SmallConfig.SEARCH.replace("trials: 4", "trials: 1"));
    Call first = Call.of("search", config, "--json");
    assertEquals(0, first.status(), first.err());
    Path after = Files.move(before, folder.resolve("after"));
    Call more =
        Call.of(
            "search", after.resolve("small.yaml").toString(), "--json", "--set", "search.trials=2");
    assertEquals(0, more.status(), more.err());
    assertEquals(2, more.json().get("trials").intValue());
    assertEquals(1, SmallConfig.datasets(after).size(), "the dataset lies where it was moved to");
    Map<Integer, JsonNode> ended = ended(after.resolve("studies/small/trials.jsonl"));
    assertEquals("finished", ended.get(1).get("state").textValue(), ended::toString);
    assertFalse(Files.exists(before));
  }

  @Test
  void aStudyWhoseTrialsAllFailSaysWhy() throws Exception {
    String config =
        SmallConfig.write(
            folder,
            SmallConfig.TEXT
                + """
                search:
                  name: small
                  sampler: grid
                  space: {train.optimizer.learning-rate: {choice: [1.0e30]}}
                """);
    Call call = Call.of("search", config);
    assertEquals(1, call.status());
    assertTrue(
        call.err().contains("none of the 1 trials")
            && call.err().contains("trial 0: Cannot go on training in epoch"),
        call.err());
  }

  /** Asks the kernel; a trial that has ended meanwhile has no environment any more. */
  private static void assertOneDeviceEach(List<ProcessHandle> trials) throws IOException {
    for (ProcessHandle trial : trials) {
      Path environment = Path.of("/proc", Long.toString(trial.pid()), "environ");
      String text;
      try {
        text = Files.readString(environment);
      } catch (FileSystemException ended) {
        continue;
      }
      if (text.contains(TrialDevices.VISIBLE)) {
        assertTrue(text.matches("(?s).*" + TrialDevices.VISIBLE + "=[45]\\x00.*"), text);
      }
    }
  }

  @Test
  void aTrialThatFailsIsRecordedAndTheSearchGoesOn() throws Exception {
    String config =
        SmallConfig.write(
            folder,
            SmallConfig.TEXT
                + """
                search:
                  name: small
                  sampler: grid
                  space: {train.optimizer.learning-rate: {choice: [1.0e30, 0.01]}}
                """);
    Call call = Call.of("search", config, "--json");
    assertEquals(0, call.status(), call.err());
    Map<Integer, JsonNode> trials = ended(folder.resolve("studies/small/trials.jsonl"));
    assertEquals("failed", trials.get(0).get("state").textValue());
    assertTrue(
        trials.get(0).get("reason").textValue().startsWith("Cannot go on training in epoch"),
        trials::toString);
    assertEquals(1, call.json().at("/best/trial").intValue(), call.out());
  }

  @Test
  void trialsThatPrepareAlikeShareADatasetAndOthersGetTheirOwn() throws Exception {
    String config =
        SmallConfig.write(
            folder,
            SmallConfig.TEXT
                + """
                search:
                  name: small
                  sampler: grid
                  parallel: 2
                  space:
                    output.row-group-rows: {choice: [500, 250]}
                    train.optimizer.learning-rate: {choice: [0.01, 0.02]}
                """);
    assertEquals(0, Call.of("prepare", config).status());
    Call call = Call.of("search", config, "--json");
    assertEquals(0, call.status(), call.err());
    assertEquals(2, SmallConfig.datasets(folder).size());
    Map<String, Integer> runs = new TreeMap<>();
    for (Run run : new RunStore(folder + "/runs").list()) {
      runs.merge(run.record().dataset().path(), 1, Integer::sum);
    }
    assertEquals(
        Map.of(SmallConfig.datasets(folder).get(0), 2, SmallConfig.datasets(folder).get(1), 2),
        runs);
  }

  private static Map<Integer, JsonNode> ended(Path trials) throws IOException {
    Map<Integer, JsonNode> ended = new TreeMap<>();
    for (String line : Files.readAllLines(trials)) {
      JsonNode trial = Json.tree(line, trials.toString());
      if (!trial.get("state").textValue().equals("running")) {
        ended.put(trial.get("number").intValue(), trial);
      }
    }
    return ended;
  }

  /** The values that each trial was asked to try, over all of its lines. */
  private static Map<Integer, Set<JsonNode>> assignments(Path trials) {
    Map<Integer, Set<JsonNode>> assignments = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(trials)) {
        JsonNode trial = Json.tree(line, trials.toString());
        assignments
            .computeIfAbsent(trial.get("number").intValue(), number -> new HashSet<>())
            .add(trial.get("assignment"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return assignments;
  }

  private String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
