package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that search together, with real trainings: they come to what one comes to alone. */
@Timeout(300)
class SearchJoinIT {
  private static final String TEXT =
      SmallConfig.SEARCH
          .replace("trials: 4", "trials: 6")
          .replace("epochs: 3", "epochs: 60, patience: 0, checkpoint: {seconds: 0, steps: 20}")
          .replace(
              "  parallel: 2",
              "  parallel: 1\n  pruner: {name: asha, min: 20, eta: 2}\n  confirm: {best: 2, seeds: 3}");

  @TempDir static Path all;
  private static JsonNode alone;
  private Path folder;
  private String config;

  /** A process and where it says what it does. */
  private record Searcher(SmallProcess process, Path folder) {
    String said() throws IOException {
      return Files.readString(folder.resolve("err.txt"));
    }

    JsonNode result() throws Exception {
      assertTrue(process.endsWithin(TimeUnit.MINUTES.toMillis(2)), "it ends");
      String out = Files.readString(folder.resolve("out.txt"));
      assertTrue(out.startsWith("{"), out + said());
      return Json.tree(out, "out");
    }
  }

  @BeforeAll
  static void searchAlone() throws Exception {
    alone =
        Call.of("search", SmallConfig.writeBeside(all.resolve("alone"), TEXT), "--json").result();
  }

  @BeforeEach
  void write(TestInfo test) throws Exception {
    folder = all.resolve(test.getTestMethod().orElseThrow().getName());
    config = SmallConfig.writeBeside(folder, TEXT);
  }

  @Test
  void twoShareTrialsAndSeeds() throws Exception {
    Searcher host = search("host");
    awaitTrials(1);
    Searcher guest = search("guest");
    assertSame(host.result());
    assertSame(guest.result());
    String said = guest.said();
    int confirming = said.indexOf("small/confirm");
    assertTrue(said.substring(0, confirming).contains(": started, "), said);
    assertTrue(said.substring(confirming).contains(": started, "), said);
    assertTrue(Files.exists(folder.resolve("studies/small/study.html")));
  }

  @Test
  void whenTheHostIsKilledAGuestGoesOnInItsPlace() throws Exception {
    Searcher host = search("host");
    awaitTrials(1);
    Searcher guest = search("guest");
    awaitTrials(7);
    host.process().end(true);
    assertSame(guest.result());
  }

  @Test
  void whenTheHostIsKilledWhileItTrainsTheBestAgainAGuestDoesSo() throws Exception {
    Searcher host = search("host");
    awaitTrials(1);
    Searcher guest = search("guest");
    await(folder.resolve("studies/small/confirm/trials.jsonl"), 4);
    host.process().end(true);
    assertSame(guest.result());
  }

  @Test
  void whatAKilledGuestHadIsDoneByItsHost() throws Exception {
    Searcher host = search("host");
    awaitTrials(1);
    Searcher guest = search("guest");
    while (!Files.exists(guest.folder().resolve("err.txt"))
        || !guest.said().contains(": started, ")) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    TimeUnit.MILLISECONDS.sleep(700);
    guest.process().end(true);
    assertSame(host.result());
  }

  private Searcher search(String name) throws IOException {
    Path at = Files.createDirectories(folder.resolve(name));
    return new Searcher(SmallProcess.start(at, "search", config, "--json", "--join"), at);
  }

  private void awaitTrials(int lines) throws Exception {
    await(folder.resolve("studies/small/trials.jsonl"), lines);
  }

  private static void await(Path journal, int lines) throws Exception {
    while (!Files.exists(journal) || Files.readAllLines(journal).size() < lines) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void assertSame(JsonNode result) throws IOException {
    assertEquals(alone.get("metrics"), result.get("metrics"), "to the bit");
    assertEquals(alone.get("confirmed"), result.get("confirmed"));
    Set<String> runs = new TreeSet<>();
    for (String study : List.of("small", "small/confirm")) {
      Map<Integer, JsonNode> expected = trials(all.resolve("alone"), study);
      Map<Integer, JsonNode> found = trials(folder, study);
      assertEquals(expected.keySet(), found.keySet());
      found.forEach(
          (number, trial) -> {
            runs.add(trial.get("run-id").textValue());
            for (String key : List.of("state", "assignment", "value", "reports")) {
              assertEquals(expected.get(number).get(key), trial.get(key), "trial " + number);
            }
          });
    }
    Map<String, RunStatus> states = new TreeMap<>();
    for (Run run : new RunStore(folder + "/runs").list()) {
      states.put(run.record().runId(), run.record().status());
    }
    assertEquals(runs, states.keySet(), "one run a trial");
    assertTrue(
        Set.of(RunStatus.FINISHED, RunStatus.PAUSED).containsAll(states.values()),
        states::toString);
  }

  private static Map<Integer, JsonNode> trials(Path at, String study) throws IOException {
    Map<Integer, JsonNode> trials = new TreeMap<>();
    Path journal = at.resolve("studies").resolve(study).resolve("trials.jsonl");
    for (String line : Files.readAllLines(journal)) {
      JsonNode trial = Json.tree(line, "trials.jsonl");
      trials.put(trial.get("number").intValue(), trial);
    }
    return trials;
  }
}
