package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training processes that are killed, and what `--resume`, `rerun` and `verify` make of them. */
@Timeout(300)
class ResumeCommandTest {
  private static final String LONG =
      SmallConfig.TEXT.replace(
          "epochs: 3", "epochs: 60, patience: 0, checkpoint: {seconds: 0, steps: 7}");

  @TempDir Path folder;
  private String config;

  @BeforeEach
  void prepare() throws IOException {
    config = SmallConfig.write(folder, LONG.replace("[8]", "[8], dropout: 0.2"));
    assertEquals(0, Call.of("prepare", config).status());
  }

  private List<Run> runs() throws IOException {
    return new RunStore(folder + "/runs").list();
  }

  private static byte[] weights(Run run) throws IOException {
    return Files.readAllBytes(Path.of(run.path(Run.MODEL, TrainedModel.WEIGHTS)));
  }

  private Process start(String... arguments) throws IOException {
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Doffline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private void awaitCheckpoint(Process process, int run) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (runs().size() <= run
        || !Files.exists(Path.of(runs().get(run).path(Run.CHECKPOINT, "checkpoint.json")))) {
      assertTrue(process.isAlive(), Files.readString(folder.resolve("err.txt")));
      assertTrue(System.nanoTime() < deadline, "no checkpoint came");
      Thread.sleep(5);
    }
  }

  @Test
  void aRunKilledAgainAndAgainEndsWithTheWeightsOfOneThatWasNot() throws Exception {
    Process process = start("train", config);
    awaitCheckpoint(process, 0);
    Random random = new Random(4);
    int kills = 0;
    while (process.isAlive()) {
      Thread.sleep(random.nextInt(400));
      // As by `kill -9`.
      process.destroyForcibly().waitFor();
      if (runs().get(0).record().status() == RunStatus.FINISHED || ++kills == 4) {
        break;
      }
      process = start("train", config, "--resume");
      process.waitFor(random.nextInt(1200, 2500), TimeUnit.MILLISECONDS);
    }
    if (runs().get(0).record().status() != RunStatus.FINISHED) {
      Call last = Call.of("train", config, "--resume");
      assertEquals(0, last.status(), last.err());
    }
    Run killed = runs().get(0);
    assertEquals(1, runs().size());
    assertEquals(60, killed.epochs().size());

    Call rerun = Call.of("runs", "rerun", config, "--json");
    assertEquals(0, rerun.status(), rerun.err());
    JsonNode json = rerun.json();
    assertTrue(json.get("equal").booleanValue());
    assertEquals(killed.record().runId(), json.get("rerun-of").textValue());
    assertArrayEquals(weights(killed), weights(runs().get(1)));

    Call nothing = Call.of("train", config, "--resume");
    assertEquals(1, nothing.status());
    assertTrue(nothing.err().contains("all have finished"), nothing.err());
  }

  @Test
  void aRunThatIsBeingTrainedIsRefusedByNameAndIsLostOnceItIsKilled() throws Exception {
    Process process = start("train", config, "--set", "train.epochs=100000");
    awaitCheckpoint(process, 0);
    String id = runs().get(0).record().runId();
    for (String[] named : new String[][] {{}, {id}, {id.substring(0, 17)}}) {
      List<String> line = new ArrayList<>(List.of("train", config, "--resume"));
      line.addAll(List.of(named));
      line.addAll(List.of("--set", "train.epochs=100000"));
      Call refused = Call.of(line.toArray(String[]::new));
      assertEquals(1, refused.status());
      assertTrue(
          refused
              .err()
              .contains("Cannot go on with run %s: process %d on".formatted(id, process.pid())),
          refused.err());
    }
    assertEquals(RunStatus.RUNNING, runs().get(0).record().status());
    // As by `kill -9`.
    process.destroyForcibly().waitFor();
    JsonNode lost = Call.of("runs", "list", config, "--json").json().at("/runs/0");
    assertEquals("lost", lost.get("status").textValue());
    assertTrue(
        lost.get("reason").textValue().contains("process %d on".formatted(process.pid())),
        lost.toString());
    assertTrue(Files.readString(Path.of(runs().get(0).path("run.json"))).contains("\"lost\""));

    Call other = Call.of("train", config, "--resume");
    assertEquals(1, other.status());
    assertTrue(
        other.err().contains("train.epochs was 100000 and is 60")
            && other.err().contains("--set 'train.epochs=100000'"),
        other.err());
    Call seed =
        Call.of(
            "train",
            config,
            "--resume",
            "--set",
            "train.epochs=100000",
            "--set",
            "train.seed=7",
            "--set",
            "split.test.from=2016-01-01");
    assertTrue(
        seed.err().contains("split.test.from was \"2015-01-01\" and is \"2016-01-01\"")
            && seed.err().contains("train.seed was 42 and is 7"),
        seed.err());
  }

  @Test
  void withoutRunsThereIsNothingToGoOnWith() {
    Call none = Call.of("train", config, "--resume");
    assertEquals(1, none.status());
    assertTrue(
        none.err().contains(": there is none; `almanac train") && !none.err().contains("finished"),
        none.err());
  }

  @Test
  void aDamagedRunIsALineInTheListAndCostsNoOther() throws Exception {
    String[] quick = {"train", config, "--set", "train.epochs=1"};
    for (int i = 0; i < 4; i++) {
      assertEquals(0, Call.of(quick).status());
    }
    List<Run> whole = runs();
    Path first = Path.of(whole.get(0).path("run.json"));
    Files.writeString(first, Files.readString(first).substring(0, 300));
    Path second = Path.of(whole.get(1).path("run.json"));
    Files.writeString(
        second,
        Files.readString(second).replaceFirst("format-version\" : \\d+", "format-version\" : 99"));
    Path third = Path.of(whole.get(2).path("run.json"));
    Files.writeString(third, "{\"format-version\" : %d}".formatted(RunRecord.FORMAT_VERSION));
    Call list = Call.of("runs", "list", config, "--json");
    assertEquals(0, list.status(), list.err());
    JsonNode json = list.json();
    assertEquals(1, json.get("runs").size());
    assertEquals(3, json.get("unreadable").size());
    assertTrue(json.at("/unreadable/0/reason").textValue().contains(first.toString()), list.out());
    assertTrue(json.at("/unreadable/1/reason").textValue().contains("(99 found)"), list.out());
    assertTrue(json.at("/unreadable/2/reason").textValue().contains(third.toString()), list.out());
    String text = Call.of("runs", "list", config).out();
    assertEquals(3, text.lines().filter(line -> line.contains(" unreadable")).count(), text);

    Run last = whole.get(3);
    Path epochs = Path.of(last.path(Run.EPOCHS));
    Files.writeString(epochs, Files.readString(epochs) + "{\"epoch\":2,\"st");
    Call shown = Call.of("runs", "show", config, "--json");
    assertEquals(0, shown.status(), shown.err());
    assertEquals(last.record().runId(), shown.json().get("run-id").textValue());
    assertTrue(
        shown.json().at("/damage/0").textValue().startsWith("Line 2 of " + epochs), shown.out());
  }

  @Test
  void aRunThatIsTerminatedWritesItsStateAndSaysSo() throws Exception {
    Process process =
        start("train", config, "--set", "train.checkpoint.steps=0", "--set", "train.epochs=100000");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (runs().isEmpty() || runs().get(0).epochs().isEmpty()) {
      assertTrue(process.isAlive(), Files.readString(folder.resolve("err.txt")));
      assertTrue(System.nanoTime() < deadline);
      Thread.sleep(5);
    }
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    Run run = runs().get(0);
    assertEquals(RunStatus.STOPPED, run.record().status());
    assertTrue(Files.exists(Path.of(run.path(Run.CHECKPOINT, "checkpoint.json"))));
    Call list = Call.of("runs", "list", config);
    assertTrue(list.out().contains("stopped"), list.out());
  }

  @Test
  void verifyNamesTheFirstThingThatDiffers() throws Exception {
    Call trained = Call.of("train", config, "--set", "train.epochs=1");
    assertEquals(0, trained.status(), trained.err());
    Call same = Call.of("runs", "verify", config, "--set", "train.epochs=1", "--json");
    assertEquals(0, same.status(), same.out() + same.err());
    assertTrue(same.json().get("same").booleanValue());
    String[][] changes = {
      {"train.epochs=1", "train.seed=7", "seed"},
      {"train.epochs=2", "train.seed=7", "train"},
      {"train.epochs=1", "train.threads=2", "train"}
    };
    for (String[] change : changes) {
      Call other =
          Call.of("runs", "verify", config, "--json", "--set", change[0], "--set", change[1]);
      assertEquals(1, other.status(), other.err());
      assertEquals(change[2], other.json().get("first-difference").textValue());
    }
    Run run = runs().get(0);
    Path dataset = Path.of(run.record().dataset().path(), "train");
    try (var files = Files.list(dataset)) {
      Path file = files.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 3] ^= 1;
      Files.write(file, bytes);
    }
    Call broken = Call.of("runs", "verify", config, "--set", "train.epochs=1");
    assertEquals(1, broken.status());
    assertTrue(broken.out().contains("The first thing that differs is dataset"), broken.out());
    assertFalse(broken.out().contains("All that"), broken.out());
  }
}
