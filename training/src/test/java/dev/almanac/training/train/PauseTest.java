package dev.almanac.training.train;

import static dev.almanac.training.train.SameTraining.assertSame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.objective.Task;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.StoppedException;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that pauses after epochs and goes on is, to the bit, the run that never paused. */
class PauseTest {
  private static final int EPOCHS = 5;
  private static final String PLAIN =
      "\"optimizer\": {\"name\": \"adam\", \"learning-rate\": 0.01}";

  @TempDir Path folder;
  private Dataset dataset;
  private RunContext context;

  @BeforeEach
  void prepare() throws IOException {
    dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    context = RunContext.of(folder.resolve("runs").toString());
  }

  private static TrainConfig config(String model, String changes) {
    return Problem.changed(
        Problem.config(Task.REGRESSION, model, "adam", 0.01, EPOCHS),
        "{\"batch-size\": 256, %s}".formatted(changes));
  }

  /** Pauses after each of these epochs that the training comes to, then goes on to its end. */
  private Run cut(TrainConfig config, List<Integer> pauses) throws IOException {
    Run run = Training.run(dataset, config, context, Stretch.until(pauses.get(0)));
    for (int pause : pauses.subList(1, pauses.size())) {
      if (run.record().status() == RunStatus.PAUSED) {
        run = Training.resume(run, context, Stretch.until(pause));
      }
    }
    return run.record().status() == RunStatus.PAUSED ? Training.resume(run, context) : run;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'hidden': [8]} | 'optimizer': {'name': 'adam', 'learning-rate': 0.02}",
        "{'hidden': [8], 'dropout': 0.3} | 'accumulate': 3, 'optimizer': {'name': 'adamw', "
            + "'learning-rate': 0.02, 'schedule': 'one-cycle', 'average-decay': 0.9, 'clip-norm': 0.5}",
        "{'hidden': [8], 'norm': 'batch', 'numeric-embedding': 'piecewise-linear'} | "
            + "'optimizer': {'name': 'sgd', 'learning-rate': 0.02, 'schedule': 'cosine', 'warm-up': 0.2}",
        "{'hidden': [8], 'numeric-embedding': 'periodic'} | 'patience': 1, 'optimizer': "
            + "{'name': 'adamw', 'learning-rate': 0.3, 'schedule': 'plateau', 'factor': 0.5, 'plateau': 0}",
        "{'family': 'resnet', 'width': 8, 'blocks': 1, 'hidden': 8, 'dropout': 0.2} | 'patience': 1, 'optimizer': "
            + "{'name': 'adam', 'learning-rate': 0.1, 'schedule': 'constant'}",
        "{'family': 'dcn-v2'} | 'precision': 'bfloat16', 'optimizer': "
            + "{'name': 'adamw', 'learning-rate': 0.01, 'schedule': 'cosine'}",
        "{'family': 'ft-transformer', 'blocks': 1, 'heads': 2, 'head-width': 2, 'hidden': 4} | 'optimizer': {'name': 'adamw', "
            + "'learning-rate': 0.01, 'schedule': 'one-cycle'}",
        "{'family': 'linear'} | 'optimizer': {'name': 'sgd', 'learning-rate': 0.05}"
      })
  void pausingAfterEveryEpochChangesNoBit(String model, String changes) throws IOException {
    TrainConfig config = config(model.replace('\'', '"'), changes.replace('\'', '"'));
    Run whole = Training.run(dataset, config, context);
    assertSame(whole, cut(config, IntStream.rangeClosed(1, EPOCHS).boxed().toList()));
    assertSame(whole, cut(config, List.of(2, 3)));
  }

  @Test
  void aPausedRunSaysHowGoodItIsSoFar() throws IOException {
    Run paused =
        Training.run(dataset, config("{\"hidden\": [8]}", PLAIN), context, Stretch.until(2));
    assertEquals(RunStatus.PAUSED, paused.record().status());
    assertEquals(2, paused.epochs().size());
    EpochRecord best =
        paused.epochs().stream().filter(EpochRecord::best).reduce((a, b) -> b).orElseThrow();
    assertEquals(best.validation(), paused.record().metrics().get("validation"));
    assertEquals(List.of(), paused.differences());
    assertTrue(Lease.holder(paused.folder()).isEmpty());
    var error = assertThrows(IOException.class, paused::model);
    assertTrue(error.getMessage().contains("it has no model (paused)"), error.getMessage());
  }

  @Test
  void whatHasBeenDoneIsNotDoneAgain() throws IOException {
    Run paused =
        Training.run(dataset, config("{\"hidden\": [8]}", PLAIN), context, Stretch.until(3));
    byte[] before = Files.readAllBytes(Path.of(paused.path(RunRecord.FILE)));
    Run again = Training.resume(paused, context, Stretch.until(2));
    assertEquals(RunStatus.PAUSED, again.record().status());
    assertArrayEquals(before, Files.readAllBytes(Path.of(paused.path(RunRecord.FILE))));
    var error = assertThrows(RefusedException.class, () -> Stretch.until(0));
    assertEquals("Cannot train until epoch 0: epochs are from 1", error.getMessage());
  }

  @Test
  void aPausedRunMayBeStoppedAndPausedAgain() throws IOException {
    TrainConfig config = config("{\"hidden\": [8], \"dropout\": 0.3}", PLAIN);
    Run whole = Training.run(dataset, config, context);
    Run paused = Training.run(dataset, config, context, Stretch.until(2));
    ProgressListener stopping =
        new ProgressListener() {
          @Override
          public boolean wantsStop() {
            return true;
          }
        };
    assertThrows(
        StoppedException.class,
        () -> Training.resume(paused, context.withProgress(stopping), Stretch.until(4)));
    Run stopped = Run.open(paused.folder());
    assertEquals(RunStatus.STOPPED, stopped.record().status());
    Run again = Training.resume(stopped, context, Stretch.until(3));
    assertEquals(RunStatus.PAUSED, again.record().status());
    assertSame(whole, Training.resume(again, context));
  }

  @Test
  void aPrunedRunKeepsItsEpochsAndDoesNotGoOn() throws IOException {
    Run paused =
        Training.run(dataset, config("{\"hidden\": [8]}", PLAIN), context, Stretch.until(2));
    Run pruned = Training.prune(paused, "3 of 4 trials were better after 2 epochs");
    assertEquals(RunStatus.PRUNED, pruned.record().status());
    assertEquals(List.of(), pruned.differences());
    assertEquals(2, pruned.epochs().size());
    assertFalse(Files.exists(Path.of(pruned.path(Run.CHECKPOINT))));
    var error = assertThrows(TrainingException.class, () -> Training.resume(pruned, context));
    assertTrue(
        error
            .getMessage()
            .endsWith(
                "it was pruned for good (3 of 4 trials were better after 2 epochs); train a new one"),
        error.getMessage());
  }

  @Test
  void aRunThatNobodyTrainsIsCancelledAtOnce() throws IOException {
    TrainConfig config = config("{\"hidden\": [8]}", PLAIN);
    Run paused = Training.run(dataset, config, context, Stretch.until(2));
    Run cancelled = RunCancellation.of(paused, "too slow");
    assertEquals(RunStatus.CANCELLED, cancelled.record().status());
    assertEquals("too slow", cancelled.record().reason());
    assertEquals(paused.record().metrics(), cancelled.record().metrics());
    assertEquals(2, cancelled.epochs().size());
    assertFalse(Files.exists(Path.of(cancelled.path(Run.CHECKPOINT))));
    assertEquals("too slow", RunCancellation.of(paused, "again").record().reason());
    var error = assertThrows(TrainingException.class, () -> Training.resume(paused, context));
    assertTrue(error.getMessage().contains("cancelled for good (too slow)"), error.getMessage());

    Run whole = Training.run(dataset, config, context);
    error = assertThrows(TrainingException.class, () -> RunCancellation.of(whole, "late"));
    assertTrue(error.getMessage().endsWith("ended already (finished)"), error.getMessage());
    assertFalse(Files.exists(Path.of(whole.path(RunCancellation.FILE))));
  }

  @Test
  void aRunThatIsTrainedIsCancelledByTheOneThatTrainsIt() throws Exception {
    TrainConfig config =
        Problem.changed(config("{\"hidden\": [8]}", PLAIN), "{\"epochs\": 1000000}");
    BlockingQueue<Run> begun = new LinkedBlockingQueue<>();
    RunContext watched =
        context.withProgress(
            new ProgressListener() {
              @Override
              public void started(Run run) {
                begun.add(run);
              }
            });
    FutureTask<Run> training = new FutureTask<>(() -> Training.run(dataset, config, watched));
    new Thread(training, "training").start();
    Run run = begun.take();
    Run cancelled = RunCancellation.of(run, "a wrong column");
    assertEquals(RunStatus.CANCELLED, cancelled.record().status());
    assertEquals("a wrong column", cancelled.record().reason());
    var error = assertThrows(ExecutionException.class, training::get);
    assertEquals(
        "Cannot go on with run %s: it was cancelled (a wrong column)"
            .formatted(run.record().runId()),
        error.getCause().getMessage());
    assertFalse(Files.exists(Path.of(run.path(Run.CHECKPOINT))));
    assertFalse(Files.exists(Path.of(run.path(RunCancellation.FILE))));
  }
}
