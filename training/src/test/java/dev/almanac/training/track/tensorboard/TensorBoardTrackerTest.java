package dev.almanac.training.track.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.StoppedException;
import dev.almanac.training.track.Tracking;
import dev.almanac.training.track.tensorboard.EventRecords.Scalar;
import dev.almanac.training.train.Training;
import dev.almanac.transforms.manifest.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTrackerTest {
  private static final TrainConfig CONFIG =
      Problem.config(Task.REGRESSION, "{\"hidden\": [8]}", "adam", 0.01, 4);

  @TempDir Path folder;

  @Test
  void theFilesOfARunThatWentOnHoldEveryEpochOnce() throws IOException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    RunContext context =
        RunContext.of(folder.resolve("runs").toString())
            .withTrial("20260101T000000Z-00000000", null);
    List<String> said = new ArrayList<>();
    try (Tracking tracking = tracking(said)) {
      RunContext stopping = context.withProgress(new Following(tracking, 2));
      assertThrows(StoppedException.class, () -> Training.run(dataset, CONFIG, stopping));
    }
    Run stopped = Run.open(folder.resolve("runs/20260101T000000Z-00000000").toString());
    Run finished;
    try (Tracking tracking = tracking(said)) {
      finished = Training.resume(stopped, context.withProgress(new Following(tracking, 99)));
    }
    assertEquals(List.of(), said);
    Path run = Path.of(finished.folder());
    assertEquals(2, EventRecords.files(run).size());
    List<Scalar> expected = new ArrayList<>();
    for (EpochRecord epoch : finished.epochs()) {
      expected.add(scalar("train/loss", epoch, epoch.trainLoss()));
      expected.add(scalar("validation/loss", epoch, epoch.validationLoss()));
      epoch
          .validation()
          .forEach((name, value) -> expected.add(scalar("validation/" + name, epoch, value)));
      expected.add(scalar("learning-rate", epoch, epoch.learningRate()));
      expected.add(scalar("rows-per-second", epoch, epoch.speed().rowsPerSecond()));
    }
    List<Scalar> found = EventRecords.scalars(run);
    assertEquals(4, finished.epochs().size());
    assertEquals(
        expected, found.stream().filter(scalar -> !scalar.tag().startsWith("step/")).toList());
    Map<Long, Float> losses = new TreeMap<>();
    found.stream()
        .filter(scalar -> scalar.tag().equals("step/train-loss"))
        .forEach(scalar -> losses.put(scalar.step(), scalar.value()));
    for (EpochRecord epoch : finished.epochs()) {
      assertEquals((float) epoch.trainLoss(), losses.get(epoch.epoch() * epoch.steps()));
    }
    assertTrue(losses.size() >= 4, losses::toString);
  }

  private static Tracking tracking(List<String> said) {
    return new Tracking(List.of(new TensorBoardTracker()), said::add);
  }

  private static Scalar scalar(String tag, EpochRecord epoch, double value) {
    return new Scalar(tag, epoch.epoch(), (float) value);
  }

  /** Stops behind an epoch. */
  private record Following(Tracking tracking, List<Integer> ended, int until)
      implements ProgressListener {
    Following(Tracking tracking, int until) {
      this(tracking, new ArrayList<>(), until);
    }

    @Override
    public void started(Run run) {
      tracking.started(run);
    }

    @Override
    public void step(Progress now) {
      tracking.step(now);
    }

    @Override
    public void epoch(EpochRecord epoch) {
      ended.add(epoch.epoch());
      tracking.epoch(epoch);
    }

    @Override
    public boolean wantsStop() {
      return ended.contains(until);
    }

    @Override
    public void ended(Run run) {
      tracking.ended(run);
    }
  }
}
