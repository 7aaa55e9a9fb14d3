package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunError;
import dev.almanac.training.run.RunState;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record of a run that failed says why, and what was thrown first. */
class TrainingErrorTest {
  @TempDir Path folder;

  /** Trains until something is thrown after an epoch. */
  private RunState failing(Runnable broken) throws IOException {
    Dataset dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
    TrainConfig config = Problem.config(Task.REGRESSION, "{\"hidden\": [4]}", "adam", 0.01, 2);
    ProgressListener breaking =
        new ProgressListener() {
          @Override
          public void epoch(EpochRecord epoch) {
            broken.run();
          }
        };
    String runs = folder.resolve("runs").toString();
    assertThrows(
        Throwable.class,
        () -> Training.run(dataset, config, RunContext.of(runs).withProgress(breaking)));
    Run run = new RunStore(runs).list().get(0);
    assertFalse(Files.exists(Path.of(run.path(Run.MODEL))));
    RunState state = Run.open(run.folder()).record().state();
    assertEquals(RunStatus.FAILED, state.status());
    assertTrue(state.error().at().size() <= 7, state.error().at().toString());
    assertTrue(state.error().at().stream().anyMatch(at -> at.startsWith("dev.almanac.")));
    assertTrue(state.reason() != null && !state.reason().isBlank());
    return state;
  }

  private static int deeper(int depth) {
    return 1 + deeper(depth + 1);
  }

  @Test
  void memoryThatEnds() throws IOException {
    RunState state =
        failing(
            () -> {
              long[][] all = new long[1 << 20][];
              for (int i = 0; i < all.length; i++) {
                all[i] = new long[Integer.MAX_VALUE - 8];
              }
            });
    assertEquals(OutOfMemoryError.class.getName(), state.error().type());
    assertTrue(state.reason().contains("takes more memory than there is"), state.reason());
  }

  @Test
  void aStackThatOverflows() throws IOException {
    RunState state = failing(() -> deeper(0));
    assertEquals(StackOverflowError.class.getName(), state.error().type());
    assertEquals("unexpected StackOverflowError", state.reason());
    assertTrue(state.error().at().get(0).contains("TrainingErrorTest.deeper"));
  }

  @Test
  void anErrorOfPyTorch() throws IOException {
    RunState state =
        failing(
            () -> {
              try (NDManager manager = NDManager.newBaseManager()) {
                manager.ones(new Shape(2, 3)).matMul(manager.ones(new Shape(4, 5)));
              }
            });
    assertEquals("ai.djl.engine.EngineException", state.error().type());
    assertTrue(state.error().message().contains("cannot be multiplied"), state.error().message());
    assertEquals(1, state.reason().lines().count(), state.reason());
    assertTrue(state.error().at().get(0).startsWith("ai.djl."), state.error().at().toString());
  }

  @Test
  void theFirstErrorIsTheCauseOfOthersAndTheReasonTheSentenceForAPerson() throws IOException {
    RunState state =
        failing(
            () -> {
              throw new IllegalStateException(
                  "outer",
                  new ForeseenException("Cannot read x: it is gone", new IOException("io")));
            });
    assertEquals(IOException.class.getName(), state.error().type());
    assertEquals("io", state.error().message());
    assertEquals("unexpected IllegalStateException: outer", state.reason());
    assertEquals(
        "Cannot read x: it is gone",
        RunError.reason(new ForeseenException("Cannot read x: it is gone")));
  }

  @Test
  void causesInACircleEnd() {
    Exception one = new Exception("one");
    Exception two = new Exception("two", one);
    one.initCause(two);
    assertTrue(List.of("one", "two").contains(RunError.of(one).message()));
  }

  @Test
  void aMessageOfAnyLengthIsBounded() {
    RunError error = RunError.of(new IllegalStateException("x".repeat(1 << 20)));
    assertTrue(error.message().length() < 3_000);
  }
}
