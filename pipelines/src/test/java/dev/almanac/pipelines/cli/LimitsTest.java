package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.Until;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings beyond what can be computed, and disks without room: told with the setting or file. */
class LimitsTest {
  private static final Path FULL = Path.of("/dev/full");
  private static final String ID = "20260101T000000Z-00000000";
  @TempDir Path folder;
  private String config;

  @BeforeEach
  void prepare() throws IOException {
    config = SmallConfig.write(folder, SmallConfig.TEXT);
    assertEquals(0, Call.of("prepare", config).status());
  }

  private Call train(String... sets) {
    List<String> line = new ArrayList<>(List.of("train", config));
    for (String set : sets) {
      line.addAll(List.of("--set", set));
    }
    return Call.of(line.toArray(String[]::new));
  }

  @Test
  void whatCannotBeComputedIsRefusedAtTheStartWithItsSetting() throws IOException {
    String fifteen = "[" + "16384, ".repeat(14) + "16384]";
    Map<String, String> wrong =
        Map.ofEntries(
            Map.entry("train.optimizer.learning-rate=1e308", "train.optimizer.learning-rate"),
            Map.entry("train.optimizer.learning-rate=1e-320", "train.optimizer.learning-rate"),
            Map.entry("train.optimizer.learning-rate=-0.1", "train.optimizer.learning-rate"),
            Map.entry("train.optimizer.learning-rate=.nan", "train.optimizer.learning-rate"),
            Map.entry("train.optimizer.learning-rate=.inf", "train.optimizer.learning-rate"),
            Map.entry("train.optimizer.weight-decay=1e300", "train.optimizer.weight-decay"),
            Map.entry("train.optimizer.weight-decay=.nan", "train.optimizer.weight-decay"),
            Map.entry("train.optimizer.clip-norm=-1", "train.optimizer.clip-norm"),
            Map.entry("train.optimizer.beta-1=1", "train.optimizer.beta-1"),
            Map.entry("train.loss={name: huber, delta: 1e39}", "train.loss.delta"),
            Map.entry("train.loss={name: quantile, quantile: .nan}", "train.loss.quantile"),
            Map.entry("train.model.hidden=[2000000000, 2000000000]", "train.model.hidden"),
            Map.entry("train.model.hidden=[-4]", "train.model.hidden"),
            Map.entry("train.model.dropout=.nan", "train.model.dropout"),
            Map.entry("train.model.embedding=99999999999", "train.model.embedding"),
            Map.entry("train.model.hidden=" + fifteen, "train.model"),
            Map.entry("train.batch-size=0", "train.batch-size"),
            Map.entry("train.batch-size=1e10", "train.batch-size"),
            Map.entry("train.epochs=-1", "train.epochs"),
            Map.entry("train.epochs=.nan", "train.epochs"),
            Map.entry("train.patience=-1", "train.patience"),
            Map.entry("train.repeats=0", "train.repeats"),
            Map.entry("train.threads=-2", "train.threads"));
    wrong.forEach(
        (set, setting) -> {
          Call call = train(set);
          assertEquals(2, call.status(), set + ": " + call.err());
          assertTrue(call.err().contains(setting + ": must"), call.err());
          assertFalse(call.err().contains("unexpected"), call.err());
        });
    assertEquals(List.of(), new RunStore(folder + "/runs").list());
  }

  @Test
  void aModelThatTheMachineCannotHoldIsRefusedBeforeThereIsARun() throws IOException {
    String seven = "[" + "16384, ".repeat(7) + "16384]";
    Call call = train("train.model.hidden=" + seven);
    assertEquals(1, call.status());
    assertTrue(
        call.err().contains("weights") && call.err().contains("make the layers of train.model"),
        call.err());
    assertEquals(List.of(), new RunStore(folder + "/runs").list());
  }

  @Test
  void aBatchLargerThanTheRowsIsAllOfThem() throws IOException {
    assertEquals(0, train("train.batch-size=2000").status());
    Call larger = train("train.batch-size=16777216");
    assertEquals(0, larger.status(), larger.err());
    List<Run> runs = new RunStore(folder + "/runs").list();
    assertEquals(runs.get(0).record().metrics(), runs.get(1).record().metrics());
  }

  @Test
  void aRateThatIsTooHighIsNamedWhenTheLossBreaks() {
    Call call = train("train.optimizer.learning-rate=1e38");
    assertEquals(1, call.status());
    assertTrue(call.err().contains("lower train.optimizer.learning-rate (1.0E38)"), call.err());
  }

  /** Trains as a search does, whose runs have ids that are known before; gives the error. */
  private String trainIn(Path run) throws Exception {
    RunSeries.Origin origin =
        new RunSeries.Origin("s", 0, Map.of("train.epochs", Json.tree("3", "epochs")));
    List<String> settings = List.of("train.checkpoint={seconds: 0, steps: 7}");
    WorkerMessage.Request request =
        new WorkerMessage.Request(
            settings,
            SmallConfig.datasets(folder).get(0),
            run.getFileName().toString(),
            origin,
            Until.epoch(3),
            null);
    WorkerMessage.Answer answer = WorkerTalk.answers(config, List.of(request)).get(0);
    assertEquals(WorkerMessage.Ended.FAILED, answer.ended());
    return answer.error();
  }

  @Test
  void aDiskThatIsFullIsToldWithTheFileAndTheRunGoesOnOnceThereIsRoom() throws Exception {
    assumeTrue(Files.exists(FULL));
    Path run = folder.resolve("runs").resolve(ID);
    for (String file :
        List.of(
            "checkpoint/00000001-0000000007.safetensors",
            "checkpoint/.checkpoint.json.writing",
            ".metrics.jsonl.writing",
            ".log.txt.writing",
            "model/weights.safetensors")) {
      Path full = run.resolve(file);
      Files.createDirectories(full.getParent());
      Files.createSymbolicLink(full, FULL);
      String error = trainIn(run);
      assertTrue(
          error.contains("Cannot write %s: No space left on device".formatted(full)),
          file + ": " + error);
      Files.deleteIfExists(full);
      Run failed = Run.open(run.toString());
      assertEquals(RunStatus.FAILED, failed.record().status());
      assertTrue(failed.record().reason().contains("No space left"), failed.record().reason());
      Call resumed =
          Call.of(
              "train", config, "--resume", ID, "--set", "train.checkpoint={seconds: 0, steps: 7}");
      assertEquals(0, resumed.status(), file + ": " + resumed.err());
      Run whole = Run.open(run.toString());
      assertEquals(RunStatus.FINISHED, whole.record().status());
      assertEquals(3, whole.epochs().size(), file);
      Storage.deleteFolder(run.toString());
    }
  }

  @Test
  void aRunWhoseVeryRecordCannotBeWrittenSaysSo() throws Exception {
    assumeTrue(Files.exists(FULL));
    Path run = folder.resolve("runs").resolve(ID);
    Files.createDirectories(run);
    Files.createSymbolicLink(run.resolve(".run.json.writing"), FULL);
    String error = trainIn(run);
    assertTrue(
        error.contains("Cannot write %s/.run.json.writing: No space left".formatted(run)), error);
    Call list = Call.of("runs", "list", config, "--json");
    assertEquals(0, list.json().get("runs").size(), list.out());
  }
}
