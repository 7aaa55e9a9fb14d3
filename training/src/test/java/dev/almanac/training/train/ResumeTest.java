package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.ArraySource;
import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.objective.Task;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.StopSignal;
import dev.almanac.training.run.StoppedException;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that ends at any batch and goes on gives what one that never ended gives. */
class ResumeTest {
  private static final List<DatasetColumns.Category> NOMINAL =
      List.of(Problem.category("id", 34), Problem.category("kind", 5));
  private static final DatasetColumns COLUMNS =
      Problem.columns(4, NOMINAL, Problem.number(100, 20));
  private static final String DROPOUT = "{\"hidden\": [12, 6], \"dropout\": 0.3}";

  @TempDir Path folder;

  private static ArraySource rows() {
    ArraySource rows = Problem.features(130, 4, NOMINAL, 5, 32);
    for (int row = 0; row < 130; row++) {
      rows.labels()[row] = 100 + 20 * rows.numeric()[row][0] * rows.numeric()[row][1];
    }
    return rows;
  }

  /** Ends as a killed process does: at a batch, whatever was being done. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** The same rows; no batch after so many of them. */
  private record Mortal(ArraySource source, int[] batchesLeft) implements BatchSource {
    @Override
    public long steps() {
      return source.steps();
    }

    @Override
    public long rows() {
      return source.rows();
    }

    @Override
    public Pass pass(int number, long from) {
      Pass pass = source.pass(number, from);
      return new Pass() {
        @Override
        public Rows next() throws IOException {
          Rows next = pass.next();
          if (next != null && batchesLeft[0]-- == 0) {
            throw new Killed();
          }
          return next;
        }

        @Override
        public void close() throws IOException {
          pass.close();
        }
      };
    }
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(folder.resolve("checkpoint").toString(), "run", () -> "none");
  }

  /** Trains from the newest checkpoint, and writes one every so many steps. */
  private TrainingLoop.Outcome train(
      TrainConfig config, BatchSource rows, int steps, StopSignal signal) throws IOException {
    CheckpointClock every =
        new CheckpointClock(checkpoints(), new TrainConfig.CheckpointConfig(0, steps));
    return Problem.loop(config, COLUMNS)
        .run(rows, rows(), Journal.silent(), checkpoints().load(), every, signal);
  }

  private static TrainConfig config(String model, String optimizer) {
    return Problem.changed(
        Problem.config(Task.REGRESSION, model, "adamw", 0.01, 4),
        "{\"batch-size\": 32, \"patience\": 2, %s}".formatted(optimizer));
  }

  private static final String EVERYTHING =
      """
      "accumulate": 2, "optimizer": {"name": "adamw", "learning-rate": 0.02, "weight-decay": 0.1,
      "beta-1": 0.9, "beta-2": 0.99, "schedule": "plateau", "warm-up": 0.2,
      "factor": 0.5, "plateau": 0, "clip-norm": 0.5, "average-decay": 0.9}""";

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void endingAtAnyBatchChangesNoBitOfTheWeights(int every) throws IOException {
    TrainConfig config = config(DROPOUT, EVERYTHING);
    checkEveryBatch(config, every);
  }

  @Test
  void soItIsWithBatchNormAndPiecewiseLinearFeatures() throws IOException {
    String model =
        "{\"hidden\": [8], \"norm\": \"batch\", \"numeric-embedding\": \"piecewise-linear\"}";
    checkEveryBatch(config(model, "\"patience\": 1"), 2);
  }

  @Test
  void soItIsInBfloat16() throws IOException {
    checkEveryBatch(config(DROPOUT, "\"precision\": \"bfloat16\""), 2);
  }

  private void checkEveryBatch(TrainConfig config, int every) throws IOException {
    TrainingLoop.Outcome whole =
        Problem.loop(config, COLUMNS).run(rows(), rows(), Journal.silent());
    int batches = whole.result().epochs() * 5;
    for (int end = 0; end < batches; end++) {
      Mortal first = new Mortal(rows(), new int[] {end + sampling(config)});
      assertThrows(Killed.class, () -> train(config, first, every, StopSignal.NONE));
      TrainingLoop.Outcome resumed = train(config, rows(), every, StopSignal.NONE);
      assertArrayEquals(whole.model().weights(), resumed.model().weights(), "ended at " + end);
      assertEquals(whole.result().bestEpoch(), resumed.result().bestEpoch());
      assertEquals(whole.result().epochs(), resumed.result().epochs());
      assertEquals(whole.result().trainLoss(), resumed.result().trainLoss());
      assertEquals(whole.validation(), resumed.validation());
      checkpoints().delete();
    }
  }

  /** Batches that are looked at before the first step. */
  private static int sampling(TrainConfig config) {
    return config.model().chosen().path("numeric-embedding").asText().equals("none") ? 0 : 5;
  }

  @Test
  void askedToStopItEndsAfterTheStepAndGoesOnFromThere() throws Exception {
    TrainConfig config = config(DROPOUT, EVERYTHING);
    TrainingLoop.Outcome whole =
        Problem.loop(config, COLUMNS).run(rows(), rows(), Journal.silent());
    assertThrows(StoppedException.class, () -> train(config, rows(), 0, () -> true));
    Checkpoint written = checkpoints().load();
    assertEquals(1, written.place().epoch());
    assertEquals(2, written.place().batches());
    TrainingLoop.Outcome resumed = train(config, rows(), 0, StopSignal.NONE);
    assertArrayEquals(whole.model().weights(), resumed.model().weights());
  }

  @Test
  void aRunThatGoesOnKeepsItsLogAndItsEpochs() throws IOException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    TrainConfig config =
        Problem.changed(
            Problem.config(Task.REGRESSION, "{\"hidden\": [8]}", "adam", 0.01, 3),
            "{\"checkpoint\": {\"seconds\": 0, \"steps\": 1}}");
    RunContext context = RunContext.of(folder.resolve("runs").toString());
    Run whole = Training.run(dataset, config, context);
    List<EpochRecord> heard = new ArrayList<>();
    ProgressListener killing =
        new ProgressListener() {
          @Override
          public void epoch(EpochRecord epoch) {
            heard.add(epoch);
            if (heard.size() == 2) {
              throw new Killed();
            }
          }
        };
    assertThrows(Killed.class, () -> Training.run(dataset, config, context.withProgress(killing)));
    Run failed =
        new RunStore(folder.resolve("runs").toString())
            .list().stream()
                .filter(run -> run.record().status() == RunStatus.FAILED)
                .findFirst()
                .orElseThrow();
    assertTrue(Files.exists(Path.of(failed.path(Run.CHECKPOINT, Checkpoints.FILE))));
    Run resumed = Training.resume(failed, context);
    assertArrayEquals(whole.model().weights(), resumed.model().weights());
    assertEquals(RunStatus.FINISHED, resumed.record().status());
    assertEquals(
        whole.epochs().stream().map(EpochRecord::trainLoss).toList(),
        resumed.epochs().stream().map(EpochRecord::trainLoss).toList());
    assertEquals(
        whole.epochs().stream().map(EpochRecord::learningRate).toList(),
        resumed.epochs().stream().map(EpochRecord::learningRate).toList());
    for (EpochRecord epoch : resumed.epochs()) {
      assertTrue(Double.isFinite(epoch.speed().rowsPerSecond()), epoch.toString());
    }
    assertTrue(Files.readString(Path.of(resumed.path(Run.LOG))).contains("going on in epoch"));
    assertFalse(Files.exists(Path.of(resumed.path(Run.CHECKPOINT, Checkpoints.FILE))));
    var error = assertThrows(TrainingException.class, () -> Training.resume(resumed, context));
    assertTrue(error.getMessage().endsWith("it has finished"), error.getMessage());
    String when = "2026-01-01T00:00:00Z";
    Run pruned = resumed.write(resumed.record().pruned(when, "worse than others"));
    assertEquals(
        resumed.record().metrics(), pruned.record().metrics(), "what it had reached is kept");
    error = assertThrows(TrainingException.class, () -> Training.resume(pruned, context));
    assertTrue(
        error.getMessage().contains("it was pruned for good (worse than others)"),
        error.getMessage());
    assertThrows(IOException.class, pruned::model);
    Run cancelled = pruned.write(pruned.record().cancelled(when, "by hand"));
    error = assertThrows(TrainingException.class, () -> Training.resume(cancelled, context));
    assertTrue(error.getMessage().contains("cancelled for good (by hand)"), error.getMessage());
  }

  @Test
  void onlyTheNewestCheckpointIsKept() throws IOException {
    TrainConfig config = config(DROPOUT, "\"accumulate\": 1");
    train(config, rows(), 1, StopSignal.NONE);
    try (var files = Files.list(folder.resolve("checkpoint"))) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    TrainConfig config = config(DROPOUT, "\"accumulate\": 1");
    assertThrows(
        Killed.class, () -> train(config, new Mortal(rows(), new int[] {3}), 1, StopSignal.NONE));
    Path vectors;
    try (var files = Files.list(folder.resolve("checkpoint"))) {
      vectors = files.filter(f -> f.toString().endsWith(".safetensors")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(vectors);
    bytes[bytes.length / 2] ^= 1;
    Files.write(vectors, bytes);
    var error = assertThrows(IOException.class, checkpoints()::load);
    assertTrue(error.getMessage().contains("its sha-256 does not fit"), error.getMessage());
  }
}
