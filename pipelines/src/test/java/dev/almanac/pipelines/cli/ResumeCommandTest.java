package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final SmallStages stages = new SmallStages();

  @TempDir Path folder;
  private String config;

  @BeforeEach
  void prepare() throws IOException {
    config = SmallConfig.write(folder, LONG.replace("[8]", "[8], dropout: 0.2"));
    assertEquals(0, Call.of(stages, "prepare", config).status());
  }

  private List<Run> runs() throws IOException {
    return new RunStore(folder + "/runs").list();
  }

  private static byte[] weights(Run run) throws IOException {
    return Files.readAllBytes(Path.of(run.path(Run.MODEL, TrainedModel.WEIGHTS)));
  }

  private Process start(String... arguments) throws IOException {
    var line =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Doffline=true",
                "-cp",
                System.getProperty("java.class.path"),
                SearchMain.class.getName()));
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
      Call last = Call.of(stages, "train", config, "--resume");
      assertEquals(0, last.status(), last.err());
    }
    Run killed = runs().get(0);
    assertEquals(1, runs().size());
    assertEquals(60, killed.epochs().size());

    Call rerun = Call.of(stages, "runs", "rerun", config, "--json");
    assertEquals(0, rerun.status(), rerun.err());
    JsonNode json = rerun.json();
    assertTrue(json.get("equal").booleanValue());
    assertEquals(killed.record().runId(), json.get("rerun-of").textValue());
    assertArrayEquals(weights(killed), weights(runs().get(1)));

    Call nothing = Call.of(stages, "train", config, "--resume");
    assertEquals(1, nothing.status());
    assertTrue(nothing.err().contains("all have finished"), nothing.err());
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
    Call list = Call.of(stages, "runs", "list", config);
    assertTrue(list.out().contains("stopped"), list.out());
  }

  @Test
  void verifyNamesTheFirstThingThatDiffers() throws Exception {
    Call trained = Call.of(stages, "train", config, "--set", "train.epochs=1");
    assertEquals(0, trained.status(), trained.err());
    Call same = Call.of(stages, "runs", "verify", config, "--set", "train.epochs=1", "--json");
    assertEquals(0, same.status(), same.out() + same.err());
    assertTrue(same.json().get("same").booleanValue());
    String[][] changes = {
      {"train.epochs=1", "train.seed=7", "seed"},
      {"train.epochs=2", "train.seed=7", "train"},
      {"train.epochs=1", "train.threads=2", "train"}
    };
    for (String[] change : changes) {
      Call other =
          Call.of(
              stages, "runs", "verify", config, "--json", "--set", change[0], "--set", change[1]);
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
    Call broken = Call.of(stages, "runs", "verify", config, "--set", "train.epochs=1");
    assertEquals(1, broken.status());
    assertTrue(broken.out().contains("The first thing that differs is dataset"), broken.out());
    assertFalse(broken.out().contains("All that"), broken.out());
  }
}
