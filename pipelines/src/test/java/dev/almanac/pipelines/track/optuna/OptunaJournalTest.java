package dev.almanac.pipelines.track.optuna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.track.study.StudyView;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptunaJournalTest {
  private static final String SPACE =
      """
      {"rate": {"log-uniform": [0.001, 0.1]},
       "hidden": {"choice": [[4], [8, 8]]},
       "drop": {"float": [0, 0.5], "when": {"norm": "none"}},
       "batch": {"int": [16, 64]},
       "norm": {"choice": ["none", "batch"]}}
      """;

  @TempDir Path folder;

  @Test
  void aJournalHoldsWhatOptunasOwnWouldOnceEach() throws IOException {
    Trial first =
        trial(
            0,
            "{\"rate\": 0.01, \"hidden\": [8, 8], \"drop\": 0.25, \"batch\": 32, \"norm\": \"none\"}");
    Trial second =
        trial(1, "{\"rate\": 0.02, \"hidden\": [4], \"batch\": 64.0, \"norm\": \"batch\"}");
    new OptunaJournal().show(view(List.of(first)));
    Trial ended =
        first
            .as("run-a")
            .trained(Trial.State.FINISHED, 1.5, List.of(new Report(1, 2.0), new Report(2, 1.5)), 3);
    OptunaJournal next = new OptunaJournal();
    next.show(view(List.of(ended, second)));
    Trial pruned =
        second.trained(Trial.State.PAUSED, 4.0, List.of(new Report(1, 4.0)), 1).pruned("rung 1");
    next.show(view(List.of(ended, pruned)));
    String whole = Files.readString(folder.resolve(OptunaJournal.FILE));
    new OptunaJournal().show(view(List.of(ended, pruned)));
    assertEquals(whole, Files.readString(folder.resolve(OptunaJournal.FILE)));
    List<String> ops = new ArrayList<>();
    List<String> workers = new ArrayList<>();
    for (String line : whole.lines().toList()) {
      JsonNode op = Json.tree(line, "journal");
      workers.add(op.get("worker_id").textValue());
      ops.add(
          line.replaceAll(",\"worker_id\":\"[^\"]*\"", "")
              .replaceAll(
                  "_(start|complete)\":\"\\d{4}-\\d\\d-\\d\\dT[\\d:.]{15}\\+00:00\"",
                  "_$1\":\"T\""));
    }
    assertNotEquals(workers.get(0), workers.get(workers.size() - 1));
    String rate =
        "{\\\"name\\\":\\\"FloatDistribution\\\",\\\"attributes\\\":{\\\"step\\\":null,\\\"low\\\":0.001,\\\"high\\\":0.1,\\\"log\\\":true}}";
    String drop =
        "{\\\"name\\\":\\\"FloatDistribution\\\",\\\"attributes\\\":{\\\"step\\\":null,\\\"low\\\":0.0,\\\"high\\\":0.5,\\\"log\\\":false}}";
    String hidden =
        "{\\\"name\\\":\\\"CategoricalDistribution\\\",\\\"attributes\\\":{\\\"choices\\\":[\\\"[4]\\\",\\\"[8,8]\\\"]}}";
    String batch =
        "{\\\"name\\\":\\\"IntDistribution\\\",\\\"attributes\\\":{\\\"log\\\":false,\\\"step\\\":1,\\\"low\\\":16,\\\"high\\\":64}}";
    String norm =
        "{\\\"name\\\":\\\"CategoricalDistribution\\\",\\\"attributes\\\":{\\\"choices\\\":[\\\"none\\\",\\\"batch\\\"]}}";
    assertEquals(
        List.of(
            "{\"op_code\":0,\"study_name\":\"s\",\"directions\":[1]}",
            "{\"op_code\":2,\"study_id\":0,\"user_attr\":{\"metric\":\"validation.mae\"}}",
            "{\"op_code\":4,\"study_id\":0,\"datetime_start\":\"T\"}",
            "{\"op_code\":8,\"trial_id\":0,\"user_attr\":{\"trial\":0}}",
            "{\"op_code\":8,\"trial_id\":0,\"user_attr\":{\"origin\":\"random\"}}",
            param(0, "rate", "0.01", rate),
            param(0, "hidden", "1.0", hidden),
            param(0, "drop", "0.25", drop),
            param(0, "batch", "32.0", batch),
            param(0, "norm", "0.0", norm),
            "{\"op_code\":8,\"trial_id\":0,\"user_attr\":{\"run\":\"run-a\"}}",
            "{\"op_code\":7,\"trial_id\":0,\"step\":1,\"intermediate_value\":2.0}",
            "{\"op_code\":7,\"trial_id\":0,\"step\":2,\"intermediate_value\":1.5}",
            "{\"op_code\":6,\"trial_id\":0,\"state\":1,\"values\":[1.5],\"datetime_complete\":\"T\"}",
            "{\"op_code\":4,\"study_id\":0,\"datetime_start\":\"T\"}",
            "{\"op_code\":8,\"trial_id\":1,\"user_attr\":{\"trial\":1}}",
            "{\"op_code\":8,\"trial_id\":1,\"user_attr\":{\"origin\":\"random\"}}",
            param(1, "rate", "0.02", rate),
            param(1, "hidden", "0.0", hidden),
            param(1, "batch", "64.0", batch),
            param(1, "norm", "1.0", norm),
            "{\"op_code\":7,\"trial_id\":1,\"step\":1,\"intermediate_value\":4.0}",
            "{\"op_code\":8,\"trial_id\":1,\"user_attr\":{\"reason\":\"rung 1\"}}",
            "{\"op_code\":6,\"trial_id\":1,\"state\":2,\"values\":[4.0],\"datetime_complete\":\"T\"}"),
        ops);
  }

  private static String param(int trial, String name, String value, String distribution) {
    return "{\"op_code\":5,\"trial_id\":%s,\"param_name\":\"%s\",\"param_value_internal\":%s,\"distribution\":\"%s\"}"
        .formatted(trial, name, value, distribution);
  }

  private static Trial trial(int number, String values) throws IOException {
    Map<String, JsonNode> assignment = new LinkedHashMap<>();
    Json.tree(values, "values").properties().forEach(v -> assignment.put(v.getKey(), v.getValue()));
    return Trial.running(number, "random", assignment);
  }

  private StudyView view(List<Trial> trials) throws IOException {
    StudyConfig question =
        new StudyConfig(
            "s",
            "random",
            1,
            "validation.mae",
            Goal.MINIMIZE,
            Json.tree(SPACE, "space"),
            "b",
            null);
    return new StudyView(folder.toString(), "runs", "s", question, null, trials, false);
  }
}
