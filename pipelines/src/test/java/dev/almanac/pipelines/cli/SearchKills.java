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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A search that is ended at random moments, by {@code kill -9}, Ctrl-C and {@code kill} in turn,
 * and started again: it comes to the values of one that was never touched, with one run a trial.
 */
final class SearchKills {

  private SearchKills() {}

  static void check(Path folder, int trials, int epochs, int kills, long seed) throws Exception {
    String text =
        SmallConfig.SEARCH
            .replace("trials: 4", "trials: " + trials)
            .replace(
                "epochs: 3",
                "epochs: %d, patience: 0, checkpoint: {seconds: 0, steps: 20}".formatted(epochs));
    String whole = SmallConfig.writeBeside(folder.resolve("whole"), text);
    long start = System.nanoTime();
    Call untouched = Call.of("search", whole, "--json");
    assertEquals(0, untouched.status(), untouched.err());
    int milliseconds = (int) ((System.nanoTime() - start) / 1_000_000);

    Path cut = folder.resolve("cut");
    String config = SmallConfig.writeBeside(cut, text);
    Random random = new Random(seed);
    for (int kill = 0; kill < kills; kill++) {
      SmallProcess search = SmallProcess.start(cut, "search", config);
      search.endsWithin(random.nextInt(milliseconds));
      if (kill % 3 == 1) {
        search.interrupt();
      } else {
        search.end(kill % 3 == 0);
      }
    }
    Call last = Call.of("search", config, "--json");
    assertEquals(0, last.status(), last.err());
    Map<String, RunStatus> runs = new TreeMap<>();
    for (Run run : new RunStore(cut + "/runs").list()) {
      runs.put(run.record().runId(), run.record().status());
      assertEquals(epochs, run.epochs().size(), "no epoch's metrics are lost");
    }
    Map<Integer, JsonNode> ended = ended(cut);
    Map<Integer, JsonNode> expected = ended(folder.resolve("whole"));
    assertEquals(expected.keySet(), ended.keySet());
    TreeSet<String> named = new TreeSet<>();
    ended.forEach(
        (number, trial) -> {
          assertEquals("finished", trial.get("state").textValue(), trial.toString());
          assertEquals(expected.get(number).get("assignment"), trial.get("assignment"));
          assertEquals(
              expected.get(number).get("value"),
              trial.get("value"),
              "to the bit, after %d kills".formatted(kills));
          named.add(trial.get("run-id").textValue());
        });
    assertEquals(named, runs.keySet(), "one run a trial");
    assertTrue(runs.values().stream().allMatch(RunStatus.FINISHED::equals), runs::toString);
    assertEquals(untouched.json().get("metrics"), last.json().get("metrics"));
  }

  private static Map<Integer, JsonNode> ended(Path folder) throws IOException {
    Map<Integer, JsonNode> ended = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("studies/small/trials.jsonl"))) {
      JsonNode trial = Json.tree(line, "trials.jsonl");
      if (!trial.get("state").textValue().equals("running")) {
        ended.put(trial.get("number").intValue(), trial);
      }
    }
    return ended;
  }
}
