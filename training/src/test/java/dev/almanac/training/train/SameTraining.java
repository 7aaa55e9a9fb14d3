package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.Speed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trainings that must come to the same, to the bit, however they were interrupted. */
final class SameTraining {
  private SameTraining() {}

  /** All but how fast it was. */
  private static EpochRecord timeless(EpochRecord epoch) {
    return new EpochRecord(
        epoch.epoch(),
        epoch.steps(),
        epoch.learningRate(),
        epoch.trainLoss(),
        epoch.validationLoss(),
        epoch.validation(),
        epoch.best(),
        new Speed(0, 0));
  }

  private static List<EpochRecord> epochs(Run run) throws IOException {
    return run.epochs().stream().map(SameTraining::timeless).toList();
  }

  /**
   * Compares finished runs.
   *
   * @param whole that was never interrupted
   */
  static void assertSame(Run whole, Run cut) throws IOException {
    assertEquals(RunStatus.FINISHED, cut.record().status());
    assertArrayEquals(whole.model().weights(), cut.model().weights());
    assertEquals(epochs(whole), epochs(cut));
    assertEquals(whole.record().metrics(), cut.record().metrics());
    RunOutcome.Result expected = whole.record().result();
    RunOutcome.Result found = cut.record().result();
    assertEquals(expected.epochs(), found.epochs());
    assertEquals(expected.bestEpoch(), found.bestEpoch());
    assertEquals(expected.stoppedEarly(), found.stoppedEarly());
    assertEquals(expected.trainLoss(), found.trainLoss());
    assertEquals(expected.validationLoss(), found.validationLoss());
    assertEquals(List.of(), cut.differences());
    assertFalse(Files.exists(Path.of(cut.path(Run.CHECKPOINT))));
  }
}
