package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches with real training processes. */
@Timeout(300)
class SearchCommandTest {
  private final SmallStages stages = new SmallStages();

  @TempDir Path folder;

  @Test
  void everyTrialIsARunAndTheTestSplitIsReadForTheWinnerAlone() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.SEARCH);
    // A search makes one run a trial, whatever a training repeats.
    Call call = Call.of(stages, "search", config, "--json", "--set", "train.repeats=3");
    assertEquals(0, call.status(), call.err());
    JsonNode json = call.json();
    assertEquals(4, json.get("trials").intValue());
    assertEquals(1, stages.prepared.size());

    Map<String, Double> validation = new TreeMap<>();
    List<String> tested = new ArrayList<>();
    for (Run run : new RunStore(folder + "/runs").list()) {
      validation.put(run.record().runId(), run.record().metrics().get("validation").get("mae"));
      if (run.record().metrics().containsKey("test")) {
        tested.add(run.record().runId());
      }
      assertEquals(stages.prepared.get(0), run.record().dataset().path());
    }
    assertEquals(4, validation.size());
    String winner = json.get("run-id").textValue();
    assertEquals(List.of(winner), tested);
    double least = validation.values().stream().mapToDouble(value -> value).min().orElseThrow();
    assertEquals(least, validation.get(winner));
    assertEquals(least, json.at("/best/value").doubleValue());
    assertTrue(json.at("/metrics/test/mae").isNumber());

    Call again = Call.of(stages, "search", config);
    assertEquals(0, again.status(), again.err());
    assertEquals(4, new RunStore(folder + "/runs").list().size());
    assertTrue(again.out().contains("*"), again.out());
    assertTrue(again.out().contains(winner), again.out());

    Call other = Call.of(stages, "search", config, "--set", "search.seed=7");
    assertEquals(1, other.status());
    assertTrue(other.err().contains("seed was 42 and is 7"), other.err());
  }

  @Test
  void aSearchThatWasKilledGoesOnAndRepeatsNoFinishedTrial() throws Exception {
    String config =
        SmallConfig.write(
            folder, SmallConfig.SEARCH.replace("epochs: 3", "epochs: 60, patience: 0"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Doffline=true",
                "-cp",
                System.getProperty("java.class.path"),
                SearchMain.class.getName(),
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
    // As by `kill -9`: nothing of the parent's runs any more.
    search.destroyForcibly().waitFor();
    for (ProcessHandle child : children) {
      child.onExit().get(20, TimeUnit.SECONDS);
    }
    Map<Integer, JsonNode> before = ended(trials);
    assertTrue(before.size() < 4, before::toString);
    Map<Integer, Set<JsonNode>> asked = assignments(trials);
    assertTrue(asked.size() > before.size(), "a trial was under way");

    Call resumed = Call.of(stages, "search", config, "--json");
    assertEquals(0, resumed.status(), resumed.err());
    Map<Integer, JsonNode> after = ended(trials);
    assertEquals(Set.of(0, 1, 2, 3), after.keySet());
    before.forEach((number, trial) -> assertEquals(trial, after.get(number)));
    asked.forEach((number, values) -> assertEquals(values, assignments(trials).get(number)));
    assertTrue(stages.prepared.isEmpty(), "the dataset of the first try is used again");
    // Those killed left a run that never finished; nobody takes it for one that did.
    Set<String> finished = new HashSet<>();
    for (Run run : new RunStore(folder + "/runs").list()) {
      if (run.record().status() == RunStatus.FINISHED) {
        finished.add(run.record().runId());
      }
    }
    after.values().forEach(trial -> assertTrue(finished.contains(trial.get("run-id").textValue())));
  }

  /** Asks the kernel; a trial that has ended meanwhile has no environment any more. */
  private static void assertOneDeviceEach(List<ProcessHandle> trials) throws IOException {
    for (ProcessHandle trial : trials) {
      Path environment = Path.of("/proc", Long.toString(trial.pid()), "environ");
      String text = Files.exists(environment) ? Files.readString(environment) : "";
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
    Call call = Call.of(stages, "search", config, "--json");
    assertEquals(0, call.status(), call.err());
    Map<Integer, JsonNode> trials = ended(folder.resolve("studies/small/trials.jsonl"));
    assertEquals("failed", trials.get(0).get("state").textValue());
    assertTrue(
        trials.get(0).get("error").textValue().startsWith("Cannot go on training in epoch"),
        trials::toString);
    assertEquals(1, call.json().at("/best/trial").intValue());
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
    assertEquals(0, Call.of(stages, "prepare", config).status());
    Call call = Call.of(stages, "search", config, "--json");
    assertEquals(0, call.status(), call.err());
    assertEquals(2, stages.prepared.size());
    Map<String, Integer> runs = new TreeMap<>();
    for (Run run : new RunStore(folder + "/runs").list()) {
      runs.merge(run.record().dataset().path(), 1, Integer::sum);
    }
    assertEquals(Map.of(stages.prepared.get(0), 2, stages.prepared.get(1), 2), runs);
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
