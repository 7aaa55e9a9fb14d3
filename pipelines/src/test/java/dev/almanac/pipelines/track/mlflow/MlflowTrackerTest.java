package dev.almanac.pipelines.track.mlflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.pipelines.cli.SmallConfig;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.Speed;
import dev.almanac.training.track.RunView;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowTrackerTest {
  @TempDir Path folder;

  @Test
  void aTrainingAndAnEvaluationAreOneRunOfTheServer() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    assertEquals(0, Call.of("prepare", config).status());
    try (TrackingServer server = new TrackingServer(null)) {
      String track = "track.mlflow=" + server.uri() + "/";
      String id =
          Call.of("train", config, "--json", "--set", track).result().get("run-id").asText();
      ObjectNode shown = server.run("almanac.run-id", id);
      assertEquals("FINISHED", shown.path("status").asText());
      Call.of("evaluate", config, "--json", "--set", track).result();
      assertEquals(List.of(), server.refused);
      assertEquals(1, server.runs.size());
      Run run = new RunStore(folder.resolve("runs").toString()).open(id);
      assertEquals(
          "8", Json.tree(shown.at("/params/train.model.hidden").asText(), "").get(0).asText());
      assertEquals("100", shown.at("/params/train.batch-size").asText());
      assertEquals("finished", shown.at("/tags/almanac.state").asText());
      List<String> expected = new ArrayList<>();
      for (EpochRecord epoch : run.epochs()) {
        expected.add("%s %s".formatted(epoch.epoch(), epoch.validation().get("mae")));
      }
      assertEquals(expected, values(shown, "validation.mae"));
      int best = run.record().result().bestEpoch();
      assertEquals(
          List.of("%s %s".formatted(best, run.record().metrics().get("test").get("mae"))),
          values(shown, "test.mae"));
      assertTrue(values(shown, "step/train-loss").size() >= 3);
      JsonNode input = shown.path("inputs").path(0).path("dataset");
      assertEquals(run.record().dataset().hash().substring(0, 36), input.path("digest").asText());
      assertArrayEquals(
          Files.readAllBytes(Path.of(run.path("run.json"))),
          server.artifacts.get("0/r0/artifacts/run.json"));
      assertArrayEquals(
          Files.readAllBytes(Path.of(run.path("model", "weights.safetensors"))),
          server.artifacts.get("0/r0/artifacts/model/weights.safetensors"));
    }
  }

  @Test
  void whatAServerMissedIsSentWhenItIsBackAndAKilledRunIsKilledThere() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    assertEquals(0, Call.of("prepare", config).status());
    String down;
    try (TrackingServer gone = new TrackingServer(null)) {
      down = gone.uri();
    }
    Call missed = Call.of("train", config, "--json", "--set", "track.mlflow=" + down);
    String id = missed.result().get("run-id").asText();
    assertEquals(1, missed.err().split("does not show", -1).length - 1, missed::err);
    Run run = new RunStore(folder.resolve("runs").toString()).open(id);
    run.write(run.record().resumed());
    try (TrackingServer server = new TrackingServer(null)) {
      Call sync =
          Call.of("runs", "sync", config, "--json", "--set", "track.mlflow=" + server.uri());
      assertEquals(1, sync.result().get("sent").asInt());
      ObjectNode shown = server.run("almanac.run-id", id);
      assertEquals("KILLED", shown.path("status").asText());
      assertEquals("lost", shown.at("/tags/almanac.state").asText());
      assertEquals(3, values(shown, "validation.mae").size());
      Call again =
          Call.of("runs", "sync", config, "--json", "--set", "track.mlflow=" + server.uri());
      assertEquals(0, again.result().get("sent").asInt());
    }
  }

  @Test
  void aSearchIsTheParentOfItsTrials() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.SEARCH);
    try (TrackingServer server = new TrackingServer(null)) {
      String track = "track.mlflow=" + server.uri();
      String confirm = "search.confirm={best: 1, seeds: 2}";
      Call.of(
              "search",
              config,
              "--json",
              "--set",
              track,
              "--set",
              "search.trials=2",
              "--set",
              confirm)
          .result();
      ObjectNode parent = server.run("mlflow.source.name", "almanac search");
      assertEquals("FINISHED", parent.path("status").asText());
      assertEquals(2, values(parent, "best.validation.mae").size());
      List<ObjectNode> children = server.runs.stream().filter(run -> run != parent).toList();
      assertEquals(4, children.size(), "two trials, and the best trained again");
      for (ObjectNode child : children) {
        assertEquals(parent.path("id").asText(), child.at("/tags/mlflow.parentRunId").asText());
        assertEquals("FINISHED", child.path("status").asText());
      }
      assertEquals(List.of(), server.refused);
    }
  }

  @Test
  void aStudyThatEndedWhileTheServerWasDownIsTheParentOfAllItsRuns() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.SEARCH.replace("epochs: 3", "epochs: 1"));
    String down;
    try (TrackingServer gone = new TrackingServer(null)) {
      down = gone.uri();
    }
    Call.of(
            "search",
            config,
            "--json",
            "--set",
            "track.mlflow=" + down,
            "--set",
            "search.trials=2",
            "--set",
            "search.confirm={best: 1, seeds: 2}")
        .result();
    try (TrackingServer server = new TrackingServer(null)) {
      String track = "track.mlflow=" + server.uri();
      assertEquals(
          4,
          Call.of("runs", "sync", config, "--json", "--set", track).result().get("sent").asInt());
      ObjectNode parent = server.run("mlflow.source.name", "almanac search");
      assertEquals("FINISHED", parent.path("status").asText());
      assertEquals(2, values(parent, "best.validation.mae").size());
      List<String> studies = new ArrayList<>();
      for (ObjectNode run : server.runs) {
        if (run != parent) {
          assertEquals(parent.path("id").asText(), run.at("/tags/mlflow.parentRunId").asText());
          studies.add(run.at("/tags/almanac.study").asText());
        }
      }
      studies.sort(null);
      assertEquals(List.of("small", "small", "small/confirm", "small/confirm"), studies);
      Call.of("runs", "sync", config, "--json", "--set", track).result();
      assertEquals(5, server.runs.size());
      assertEquals(List.of(), server.refused);
    }
  }

  @Test
  void aServerIsToldWhoAsksAndTakesWhatIsNoNumberAndWhatIsTooMuch() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    assertEquals(0, Call.of("prepare", config).status());
    String id = Call.of("train", config, "--json").result().get("run-id").asText();
    Run run = new RunStore(folder.resolve("runs").toString()).open(id);
    List<EpochRecord> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= 700; epoch++) {
      double value = epoch % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
      epochs.add(
          new EpochRecord(
              epoch, 1, 1, value, null, Map.of("m".repeat(300), 1.0), true, new Speed(1, 1)));
    }
    RunView view = new RunView(run, epochs, List.of());
    try (TrackingServer server = new TrackingServer("Bearer secret")) {
      MlflowTracker stranger = new MlflowTracker(server.uri(), "studies", Map.of());
      IOException refused = assertThrows(IOException.class, () -> stranger.show(view));
      assertTrue(refused.getMessage().contains("401 UNAUTHENTICATED (who are you)"));
      new MlflowTracker(server.uri(), "studies", Map.of("MLFLOW_TRACKING_TOKEN", "secret"))
          .show(view);
      ObjectNode shown = server.run("almanac.run-id", id);
      assertEquals(List.of(), server.refused);
      assertEquals(700, values(shown, "train.loss").size());
      assertEquals("1 Infinity", values(shown, "train.loss").get(0));
      assertEquals("2 NaN", values(shown, "train.loss").get(1));
      assertTrue(shown.at("/tags/almanac.cut").asText().contains("validation.mmm"));
      assertEquals(RunStatus.FINISHED.text(), shown.at("/tags/almanac.state").asText());
    }
  }

  private static List<String> values(ObjectNode run, String key) {
    List<String> values = new ArrayList<>();
    for (JsonNode metric : run.path("metrics")) {
      if (metric.get("key").asText().equals(key)) {
        values.add(metric.get("step").asText() + " " + metric.get("value").asText());
      }
    }
    return values;
  }
}
