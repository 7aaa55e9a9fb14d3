package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A search that begins with the trials of an earlier one. */
@Timeout(300)
class TakeOverTest {
  @TempDir Path folder;

  @Test
  void whatAnEarlierSearchTrainedCountsAndIsNotTrainedAgain() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.SEARCH.replace("epochs: 3", "epochs: 1"));
    assertEquals(0, Call.of("search", config, "--set", "search.trials=3").status());
    List<JsonNode> before = ended("small");
    assertEquals(3, before.size());

    String[] further = {
      "search",
      config,
      "--json",
      "--set",
      "search.name=further",
      "--set",
      "search.seed=7",
      "--set",
      "search.trials=1",
      "--set",
      "search.take-over=[small]"
    };
    Call call = Call.of(further);
    assertEquals(0, call.status(), call.err());
    List<JsonNode> after = ended("further");
    assertEquals(4, after.size());
    // A study ranks by value, and takes over in that order.
    for (JsonNode trial : before) {
      JsonNode taken =
          after.stream()
              .filter(other -> other.get("run-id").equals(trial.get("run-id")))
              .findFirst()
              .orElseThrow();
      assertEquals("run " + trial.get("run-id").textValue(), taken.get("origin").textValue());
      for (String key : List.of("assignment", "value", "reports")) {
        assertEquals(trial.get(key), taken.get(key));
      }
    }
    assertEquals(4, new RunStore(folder + "/runs").list().size());
    double least =
        after.stream().mapToDouble(each -> each.get("value").doubleValue()).min().orElseThrow();
    assertEquals(least, call.json().at("/best/value").doubleValue());
    assertEquals(0, Call.of(further).status());
    assertEquals(after, ended("further"));

    String run = before.get(0).get("run-id").textValue();
    Call narrow =
        Call.of(
            "search",
            config,
            "--set",
            "search.name=narrow",
            "--set",
            "search.take-over=[" + run + "]",
            "--set",
            "search.space={train.optimizer.learning-rate: {float: [0.5, 0.6]}}");
    assertEquals(1, narrow.status());
    assertTrue(
        narrow
            .err()
            .contains(
                "Cannot take over run "
                    + run
                    + ": the space has not its train.optimizer.learning-rate (0.0"),
        narrow.err());
    Call otherwise =
        Call.of(
            "search",
            config,
            "--set",
            "search.name=otherwise",
            "--set",
            "search.take-over=[" + run + "]",
            "--set",
            "train.batch-size=50");
    assertEquals(1, otherwise.status());
    assertTrue(
        otherwise
            .err()
            .contains("settings that are not the search's (train.batch-size was 100 and is 50)"),
        otherwise.err());
    Call unknown =
        Call.of(
            "search",
            config,
            "--set",
            "search.name=unknown",
            "--set",
            "search.take-over=[nothing]");
    assertEquals(1, unknown.status());
    assertTrue(
        unknown.err().contains("Cannot take over 'nothing': it is neither a study of"),
        unknown.err());
  }

  /** The finished trials of a study, by number. */
  private List<JsonNode> ended(String study) throws Exception {
    List<JsonNode> ended = new ArrayList<>();
    Path trials = folder.resolve("studies/" + study + "/trials.jsonl");
    for (String line : Files.readAllLines(trials)) {
      JsonNode trial = Json.tree(line, "line");
      if (trial.get("state").textValue().equals("finished")) {
        ended.add(trial);
      }
    }
    return ended;
  }
}
