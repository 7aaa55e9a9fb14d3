package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that are ended at many moments, hard and softly in turn, and gone on with. */
class TrainKillIT {
  private static final int KILLS = 12;
  private static final String TEXT =
      SmallConfig.TEXT.replace(
          "epochs: 3", "epochs: 400, patience: 0, checkpoint: {seconds: 0, steps: 25}");

  /** What a run may be called after each kind of end. */
  private static final Set<RunStatus> ENDED =
      EnumSet.of(RunStatus.STOPPED, RunStatus.LOST, RunStatus.FINISHED);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @Timeout(900)
  void howeverOftenATrainingIsEndedItComesToTheSameWeights(long seed) throws Exception {
    String config = SmallConfig.write(folder, TEXT);
    assertEquals(0, Call.of("prepare", config).status());
    Random random = new Random(seed);
    RunStore store = new RunStore(folder + "/runs");
    for (int kill = 0; kill < KILLS; kill++) {
      List<Run> before = store.list();
      boolean goesOn = !before.isEmpty();
      if (goesOn && before.get(0).record().status() == RunStatus.FINISHED) {
        break;
      }
      SmallProcess train =
          goesOn
              ? SmallProcess.start(folder, "train", config, "--resume")
              : SmallProcess.start(folder, "train", config);
      train.endsWithin(random.nextInt(1000, 6000));
      train.end(kill % 2 == 0);
      List<Run> after = store.list();
      assertTrue(after.size() <= 1, "no second run: " + after);
      after.forEach(run -> assertTrue(ENDED.contains(run.record().status()), run.toString()));
    }
    if (store.list().isEmpty() || store.list().get(0).record().status() != RunStatus.FINISHED) {
      Call last =
          store.list().isEmpty() ? Call.of("train", config) : Call.of("train", config, "--resume");
      assertEquals(0, last.status(), last.err());
    }
    Run killed = store.list().get(0);
    assertEquals(400, killed.epochs().size(), "no epoch's metrics are lost");
    assertEquals(List.of(), killed.epochLines().damage());
    Call again = Call.of("train", config, "--json");
    assertEquals(0, again.status(), again.err());
    Run whole = store.open(again.json().get("run-id").textValue());
    assertArrayEquals(whole.model().weights(), killed.model().weights());
    assertEquals(whole.record().metrics(), killed.record().metrics());
  }
}
