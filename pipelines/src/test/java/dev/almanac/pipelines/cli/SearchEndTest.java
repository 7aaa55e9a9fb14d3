package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ends a search before its last trial, and a trial before its last epoch. */
@Timeout(300)
class SearchEndTest {
  @TempDir Path folder;

  @Test
  void eachBudgetThatIsUsedUpAlreadyEndsTheSearchWhichSaysByWhich() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.SEARCH.replace("trials: 4", "trials: 2"));
    JsonNode whole = Call.of("search", config, "--json").result();
    assertEquals("trials", whole.get("ended-by").textValue());
    double worst = 0;
    for (Run run : new RunStore(folder + "/runs").list()) {
      worst = Math.max(worst, run.record().metrics().get("validation").get("mae"));
    }
    for (String budget : List.of("target=" + worst, "epochs=6", "time=1s")) {
      String name = budget.substring(0, budget.indexOf('='));
      Call ended =
          Call.of(
              "search", config, "--json", "--set", "search.trials=9", "--set", "search." + budget);
      assertEquals(name, ended.result().get("ended-by").textValue());
      assertTrue(ended.err().contains("The search ended by its " + name), ended.err());
      JsonNode study =
          Json.tree(Files.readString(folder.resolve("studies/small/study.json")), "study.json");
      assertEquals(name, study.get("ended").textValue());
      JsonNode asked = study.get("asked").get(study.get("asked").size() - 1);
      assertEquals(9, asked.at("/budget/trials").intValue(), "more trials are taken, and kept");
    }
  }

  @Test
  void aTrialThatAPersonCancelsEndsAndTheSearchGoesOn() throws Exception {
    String config =
        SmallConfig.write(
            folder,
            SmallConfig.TEXT
                + """
                search:
                  name: small
                  sampler: grid
                  parallel: 1
                  space: {train.epochs: {choice: [1000000, 1]}}
                """);
    FutureTask<Call> search = new FutureTask<>(() -> Call.of("search", config, "--json"));
    new Thread(search, "search").start();
    RunStore store = new RunStore(folder + "/runs");
    Optional<Run> training = Optional.empty();
    while (!search.isDone() && training.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(50);
      training = store.list().stream().filter(run -> epochs(run).size() > 1).findFirst();
    }
    String slow = training.orElseThrow().record().runId();
    Call cancel =
        Call.of("runs", "cancel", slow, "--reason", "too long", "--runs", folder + "/runs");
    assertEquals(0, cancel.status(), cancel.err());
    assertEquals("Cancelled 1 run\n", cancel.out());
    Call call = search.get();
    assertEquals(0, call.status(), call.err());
    assertTrue(call.err().contains("cancelled"), call.err());
    assertEquals(1, call.json().at("/best/trial").intValue(), call.out());
    Run run = store.open(slow);
    assertEquals(RunStatus.CANCELLED, run.record().status());
    assertEquals("too long", run.record().reason());
    String trials = Files.readString(folder.resolve("studies/small/trials.jsonl"));
    assertTrue(trials.contains("\"cancelled\"") && trials.contains("too long"), trials);
    Call again = Call.of("search", config, "--json");
    assertEquals(0, again.status(), again.err());
    assertEquals(2, store.list().size(), "it is not trained again");
  }

  private static List<EpochRecord> epochs(Run run) {
    try {
      return run.epochs();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
