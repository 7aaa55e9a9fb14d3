package dev.almanac.pipelines.track.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.pipelines.cli.SmallConfig;
import dev.almanac.pipelines.track.optuna.OptunaJournal;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.search.Course;
import dev.almanac.training.search.Order;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.prune.Pruners;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class StudyTrackingTest {
  @TempDir Path folder;

  @Test
  void whatATrialReportsWhileItIsUnderWayIsShownBeforeItEnds() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    assertEquals(0, Call.of("prepare", config).status());
    String id = Call.of("train", config, "--json").result().get("run-id").asText();
    StudyConfig question =
        new StudyConfig(
            "s",
            "random",
            1,
            "validation.mae",
            Goal.MINIMIZE,
            Json.tree("{\"rate\": {\"float\": [0, 1]}}", "space"),
            "b",
            new Course(Order.ASYNC, null, Pruners.none(), new Epochs("train.epochs", 3)));
    String runs = folder.resolve("runs").toString();
    StudyView begun = new StudyView(folder.toString(), runs, "s", question, null, List.of(), false);
    Trial trial = Trial.running(0, "random", Map.of("rate", Json.tree("0.5", "rate")));
    Path journal = folder.resolve(OptunaJournal.FILE);
    try (StudyTracking tracking =
        new StudyTracking(begun, List.of(new OptunaJournal()), note -> {})) {
      tracking.started(trial);
      // Its run begins after it was told of; from then on nobody tells anything.
      tracking.started(trial.as(id));
      List<String> expected = new ArrayList<>();
      double best = Double.POSITIVE_INFINITY;
      for (EpochRecord epoch : Run.open(folder.resolve("runs").resolve(id).toString()).epochs()) {
        best = epoch.best() ? epoch.validation().get("mae") : best;
        expected.add(epoch.epoch() + " " + best);
      }
      while (intermediate(journal).size() < expected.size()) {
        Thread.sleep(50);
      }
      assertEquals(expected, intermediate(journal));
      assertFalse(Files.readString(journal).contains("\"op_code\":6"), "it has not ended");
    }
  }

  private static List<String> intermediate(Path journal) throws Exception {
    List<String> values = new ArrayList<>();
    if (Files.exists(journal)) {
      for (String line : Files.readAllLines(journal)) {
        JsonNode op = Json.tree(line, "journal");
        if (op.get("op_code").intValue() == 7) {
          values.add(op.get("step").asText() + " " + op.get("intermediate_value").asText());
        }
      }
    }
    return values;
  }
}
