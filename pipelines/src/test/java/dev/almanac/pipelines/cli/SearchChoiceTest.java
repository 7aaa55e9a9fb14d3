package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a search chooses by, and what it has prepared for its trials. */
@Timeout(300)
class SearchChoiceTest {
  @TempDir Path folder;

  @Test
  void theBestAreTrainedAgainWithFreshSeedsAndTheBestMeanWins() throws Exception {
    String config =
        SmallConfig.write(
            folder,
            SmallConfig.SEARCH
                .replace("trials: 4", "trials: 3")
                .replace("epochs: 3", "epochs: 1")
                .replace("  parallel: 2", "  parallel: 2\n  confirm: {best: 2, seeds: 3}"));
    Call call = Call.of("search", config, "--json");
    assertEquals(0, call.status(), call.err());
    JsonNode json = call.json();
    assertEquals(3, json.get("trials").intValue());
    JsonNode confirmed = json.get("confirmed");
    assertEquals(2, confirmed.size());
    double mean = confirmed.at("/0/spread/mean").doubleValue();
    assertTrue(mean <= confirmed.at("/1/spread/mean").doubleValue(), confirmed::toString);
    assertEquals(confirmed.at("/0/trial"), json.at("/best/trial"));
    List<Double> values = new ArrayList<>();
    confirmed.at("/0/spread/values").forEach(value -> values.add(value.doubleValue()));
    values.sort(null);
    assertEquals(3, values.size());

    List<String> tested = new ArrayList<>();
    Set<Long> seeds = new HashSet<>();
    List<Run> runs = new RunStore(folder + "/runs").list();
    for (Run run : runs) {
      if (run.record().metrics().containsKey("test")) {
        tested.add(run.record().runId());
        assertEquals(values.get(1), run.record().metrics().get("validation").get("mae"));
      }
      seeds.add(run.record().train().seed());
    }
    assertEquals(9, runs.size());
    assertEquals(7, seeds.size(), "that of the trials, and six fresh ones");
    assertEquals(List.of(json.get("run-id").textValue()), tested);

    Call again = Call.of("search", config);
    assertEquals(0, again.status(), again.err());
    assertEquals(9, new RunStore(folder + "/runs").list().size());
    assertTrue(again.out().contains("the best of 3 trials"), again.out());
    assertTrue(Files.exists(folder.resolve("studies/small/confirm/trials.jsonl")));
  }

  @Test
  void trialsThatWaitAtARungAreTheSameForOneWorkerAndTwo() throws Exception {
    String text =
        SmallConfig.SEARCH
            .replace("trials: 4", "trials: 6")
            .replace("epochs: 3", "epochs: 4, patience: 0")
            .replace("  parallel: 2", "  parallel: 2\n  pruner: {name: asha, min: 1, eta: 2}");
    List<String> journals = new ArrayList<>();
    for (int workers = 1; workers <= 2; workers++) {
      Path at = folder.resolve("workers-" + workers);
      String config = SmallConfig.writeBeside(at, text);
      Call call = Call.of("search", config, "--json", "--set", "search.parallel=" + workers);
      assertEquals(0, call.status(), call.err());
      String journal = Files.readString(at.resolve("studies/small/trials.jsonl"));
      journals.add(journal.replaceAll("\"(seconds|run-id)\":[^,}]+,?", ""));
      int epochs = 0;
      Map<RunStatus, Integer> states = new EnumMap<>(RunStatus.class);
      for (Run run : new RunStore(at + "/runs").list()) {
        epochs += run.epochs().size();
        states.merge(run.record().status(), 1, Integer::sum);
      }
      assertTrue(epochs < 6 * 4, "epochs: " + epochs);
      assertEquals(Set.of(RunStatus.PAUSED, RunStatus.FINISHED), states.keySet());
    }
    assertEquals(journals.get(0), journals.get(1));
  }

  @Test
  void eachWayToPrepareIsPreparedOnce() throws Exception {
    String config =
        SmallConfig.write(
            folder,
            SmallConfig.TEXT.replace("epochs: 3", "epochs: 1")
                + """
                search:
                  name: small
                  sampler: grid
                  parallel: 2
                  space:
                    fit.numeric: {choice: [[impute-median, standardize], [impute-mean, standardize, clip: {sd: 3}]]}
                    columns.numeric: {choice: [[a, b], [a]]}
                    train.optimizer.learning-rate: {choice: [0.01, 0.02]}
                """);
    Call call = Call.of("search", config, "--json");
    assertEquals(0, call.status(), call.err());
    Map<String, Integer> runs = new TreeMap<>();
    for (Run run : new RunStore(folder + "/runs").list()) {
      runs.merge(run.record().dataset().path(), 1, Integer::sum);
    }
    assertEquals(new HashSet<>(SmallConfig.datasets(folder)), runs.keySet());
    assertEquals(List.of(2, 2, 2, 2), List.copyOf(runs.values()));
  }
}
