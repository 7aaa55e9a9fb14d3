package dev.almanac.pipelines.track.optuna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptunaStudiesTest {
  /** As Optuna 5 writes it: two studies, one of them deleted, trials in every state. */
  private static final String JOURNAL =
      """
      {"op_code":0,"worker_id":"w","study_name":"gone","directions":[1]}
      {"op_code":0,"worker_id":"w","study_name":"peer","directions":[2]}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-11-28T07:00:00.000000+00:00"}
      {"op_code":4,"worker_id":"w","study_id":1,"datetime_start":null,"state":4,"value":null,"values":null,"distributions":{},"params":{},"user_attrs":{},"system_attrs":{"fixed_params":{"x":0.5}},"intermediate_values":{}}
      {"op_code":6,"worker_id":"w","trial_id":1,"state":0,"values":null,"datetime_start":"2026-11-28T07:00:00.250000+00:00"}
      {"op_code":5,"worker_id":"w","trial_id":1,"param_name":"x","param_value_internal":0.5,"distribution":"{\\"name\\": \\"FloatDistribution\\", \\"attributes\\": {\\"step\\": null, \\"low\\": -3.0, \\"high\\": 3.0, \\"log\\": false}}"}
      {"op_code":5,"worker_id":"w","trial_id":1,"param_name":"n","param_value_internal":4.0,"distribution":"{\\"name\\": \\"IntDistribution\\", \\"attributes\\": {\\"log\\": false, \\"step\\": 2, \\"low\\": 2, \\"high\\": 8}}"}
      {"op_code":5,"worker_id":"w","trial_id":1,"param_name":"c","param_value_internal":1.0,"distribution":"{\\"name\\": \\"CategoricalDistribution\\", \\"attributes\\": {\\"choices\\": [\\"a\\", true]}}"}
      {"op_code":7,"worker_id":"w","trial_id":1,"step":0,"intermediate_value":1.0}
      {"op_code":7,"worker_id":"w","trial_id":1,"step":1,"intermediate_value":NaN}
      {"op_code":7,"worker_id":"w","trial_id":1,"step":2,"intermediate_value":3.0}
      {"op_code":9,"worker_id":"w","trial_id":1,"system_attr":{"k":1}}
      {"op_code":6,"worker_id":"w","trial_id":1,"state":1,"values":[3.5],"datetime_complete":"2026-11-28T07:00:02.250000+00:00"}
      {"op_code":5,"worker_id":"w","trial_id":1,"param_name":"late","param_value_internal":4.0,"distribution":"{\\"name\\": \\"IntDistribution\\", \\"attributes\\": {\\"log\\": false, \\"step\\": 2, \\"low\\": 2, \\"high\\": 8}}"}
      {"op_code":1,"worker_id":"w","study_id":0}
      {"op_code":4,"worker_id":"w","study_id":1,"datetime_start":"2026-11-28T07:00:00","state":2,"value":null,"values":null,"datetime_complete":"2026-11-28T07:00:01","distributions":{"x":"{\\"name\\": \\"FloatDistribution\\", \\"attributes\\": {\\"step\\": null, \\"low\\": -5.0, \\"high\\": 1.0, \\"log\\": false}}","lr":"{\\"name\\": \\"LogUniformDistribution\\", \\"attributes\\": {\\"low\\": 0.001, \\"high\\": 0.1}}"},"params":{"x":-4.0,"lr":0.01},"user_attrs":{"origin":"tpe","run":"r7"},"system_attrs":{},"intermediate_values":{"0":7.0}}
      {"op_code":4,"worker_id":"w","study_id":1,"datetime_start":"2026-11-28T07:00:00"}
      {"op_code":6,"worker_id":"w","trial_id":3,"state":3,"values":null,"datetime_complete":"2026-11-28T07:00:02"}
      {"op_code":4,"worker_id":"w","study_id":1,"datetime_start":"2026-11-28T07:00:00"}
      {"op_code":4,"worker_id":"w","study_id":1,"datetime_start":"2026-11-28T07:00:00","state":1,"value":Infinity,"values":null,"distributions":{},"params":{},"user_attrs":{},"system_attrs":{},"intermediate_values":{}}
      not json
      {"op_code":6,"worker_id":"w","trial_id":99,"state":1,"values":[1.0]}
      {"op_code":6,"worker_id":"w","tri""";

  @TempDir Path folder;

  @Test
  void aStudyOfOptunasIsAStudyOfOurs() throws Exception {
    Call made = call(JOURNAL);
    assertEquals(5, made.result().get("trials").asInt());
    assertEquals(3, made.err().split("is passed over", -1).length - 1, made::err);
    StudyRecord study = StudyRecord.read(folder.resolve("studies/peer").toString());
    assertEquals(Goal.MAXIMIZE, study.goal());
    assertEquals(List.of(), study.damage());
    assertEquals(
        Json.tree(
            "{\"x\": {\"float\": [-5.0, 3.0]}, \"n\": {\"int\": [2, 8], \"every\": 2}, \"c\": {\"choice\": [\"a\", true]}, \"lr\": {\"log-uniform\": [0.001, 0.1]}}",
            "space"),
        study.question("space"));
    assertTrue(study.space().isPresent());
    Trial best = study.best().orElseThrow();
    assertEquals(
        Json.line(new TreeMap<>(Map.of("x", 0.5, "n", 4, "c", true))),
        Json.line(new TreeMap<>(best.assignment())),
        "values");
    assertEquals(3.5, best.value());
    assertEquals(2.0, best.seconds());
    // Steps from 0 are epochs from 1, in all trials alike.
    assertEquals(List.of(new Report(1, 1), new Report(3, 3)), best.reports());
    assertEquals(
        List.of("finished", "pruned", "failed", "cancelled", "failed"),
        study.trials().stream().map(trial -> trial.state().text()).toList());
    Trial pruned = study.trials().get(1);
    assertEquals(7, pruned.value());
    assertEquals("tpe", pruned.origin());
    assertEquals("r7", pruned.runId());
    assertTrue(study.trials().get(4).reason().contains("Infinity"));
    assertTrue(Files.exists(folder.resolve("studies/peer/study.html")));
    JsonNode shown =
        Call.of(
                "study",
                "show",
                "peer",
                "--json",
                "--studies",
                folder.resolve("studies").toString())
            .result();
    assertEquals(3.5, shown.at("/study/best").asDouble());
  }

  @Test
  void aStudyThatIsThereIsKeptAndAFileOfAnotherKindIsRefused() throws Exception {
    assertEquals(0, call(JOURNAL).status());
    Call again = call(JOURNAL);
    assertEquals(1, again.status());
    assertTrue(again.err().contains("there is one"), again::err);
    assertEquals(0, call(JOURNAL, "--name", "other").status());
    assertTrue(call("a,b\n1,2\n", "--name", "x").err().contains("it holds none"));
    String two =
        """
        {"op_code":0,"worker_id":"w","study_name":"a","directions":[1]}
        {"op_code":0,"worker_id":"w","study_name":"b/c","directions":[1]}
        {"op_code":0,"worker_id":"w","study_name":"d","directions":[1,2]}
        """;
    assertTrue(call(two).err().contains("there are a, b/c, d"), () -> call(two).err());
    assertTrue(call(two, "--study", "b/c").err().contains("--name"));
    assertTrue(call(two, "--study", "d").err().contains("one value (2)"));
    assertEquals(0, call(two, "--study", "b/c", "--name", "bc").status());
  }

  private Call call(String journal, String... more) {
    try {
      Path file = Files.writeString(folder.resolve("journal.log"), journal);
      List<String> words =
          new ArrayList<>(
              List.of(
                  "study",
                  "import",
                  file.toString(),
                  "--json",
                  "--studies",
                  folder.resolve("studies").toString()));
      words.addAll(List.of(more));
      return Call.of(words.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
