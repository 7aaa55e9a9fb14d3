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
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.feed.DatasetSource;
import dev.almanac.training.feed.WindowSource;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RungRecord;
import dev.almanac.training.run.StopSignal;
import dev.almanac.training.run.StoppedException;
import dev.almanac.training.run.Until;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.problem.RefusedException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that pauses within epochs is, to the bit, the run that never paused. */
class RungTest {
  private static final int EPOCHS = 3;

  /** Of the train split: four of 1000 rows and one of 500. */
  private static final int ROW_GROUPS = 5;

  private static final String PLAIN =
      "'optimizer': {'name': 'adam', 'learning-rate': 0.01}, 'threads': 2";

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
        Problem.config(Task.REGRESSION, model.replace('\'', '"'), "adam", 0.01, EPOCHS),
        "{\"batch-size\": 256, %s}".formatted(changes.replace('\'', '"')));
  }

  /** A place by row groups counted over epochs. */
  private static Until after(int rowGroups) {
    return new Until(rowGroups / ROW_GROUPS, rowGroups % ROW_GROUPS);
  }

  /** Pauses at each of these places that the training comes to, then goes on to its end. */
  private Run cut(TrainConfig config, List<Integer> pauses) throws IOException {
    Run run = Training.run(dataset, config, context, Stretch.until(after(pauses.get(0))));
    for (int pause : pauses.subList(1, pauses.size())) {
      if (run.record().status() == RunStatus.PAUSED) {
        run = Training.resume(run, context, Stretch.until(after(pause)));
        assertTrue(run.hasReached(after(pause)) || run.record().status() == RunStatus.FINISHED);
      }
    }
    return run.record().status() == RunStatus.PAUSED ? Training.resume(run, context) : run;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'hidden': [8]} | 'optimizer': {'name': 'adam', 'learning-rate': 0.02}, 'threads': 2",
        "{'hidden': [8], 'dropout': 0.3} | 'accumulate': 3, 'mixed-row-groups': 2, 'optimizer': {'name': 'adamw', "
            + "'learning-rate': 0.02, 'schedule': 'one-cycle', 'average-decay': 0.9, 'clip-norm': 0.5}",
        "{'hidden': [8], 'norm': 'batch', 'numeric-embedding': 'piecewise-linear'} | 'mixed-row-groups': 1, "
            + "'optimizer': {'name': 'sgd', 'learning-rate': 0.02, 'schedule': 'cosine', 'warm-up': 0.2}",
        "{'hidden': [8], 'numeric-embedding': 'periodic'} | 'patience': 1, 'threads': 3, 'optimizer': "
            + "{'name': 'adamw', 'learning-rate': 0.3, 'schedule': 'plateau', 'factor': 0.5, 'plateau': 0}",
        "{'family': 'resnet', 'width': 8, 'blocks': 1, 'hidden': 8, 'dropout': 0.2} | 'batch-size': 1700, "
            + "'optimizer': {'name': 'adam', 'learning-rate': 0.1, 'schedule': 'constant'}",
        "{'family': 'linear'} | 'batch-size': 100000, 'optimizer': {'name': 'sgd', 'learning-rate': 0.05}"
      })
  void pausingAtRowGroupsChangesNoBit(String model, String changes) throws IOException {
    TrainConfig config = config(model, changes);
    Run whole = Training.run(dataset, config, context);
    assertSame(whole, cut(config, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)));
    assertSame(whole, cut(config, List.of(3, 9)));
    assertSame(whole, cut(config, List.of(7, 10, 14)));
    assertEquals(List.of(), whole.rungs());
  }

  /** The labels of rows, in the order in which a training takes them. */
  private record Seen(BatchSource source, List<Float> labels) implements BatchSource {
    @Override
    public long steps() {
      return source.steps();
    }

    @Override
    public long rows() {
      return source.rows();
    }

    @Override
    public long rowGroupRows(int number, int rowGroups) {
      return source.rowGroupRows(number, rowGroups);
    }

    @Override
    public ShuffleQuality shuffleQuality() {
      return source.shuffleQuality();
    }

    @Override
    public Pass pass(int number, long from) throws IOException {
      Pass pass = source.pass(number, from);
      return new Pass() {
        @Override
        public Rows next() throws IOException {
          Rows next = pass.next();
          FloatBuffer values =
              next.labels().duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
          for (int i = 0; i < next.count(); i++) {
            labels.add(values.get(i));
          }
          return next;
        }

        @Override
        public void close() throws IOException {
          pass.close();
        }
      };
    }

    @Override
    public void close() {
      source.close();
    }
  }

  private List<Float> seen(TrainConfig config, boolean windows, int rowGroups) throws IOException {
    DatasetColumns columns = dataset.manifest().columns();
    Objective objective = Objective.of(config.task(), config.loss(), columns.label(), null);
    Compute compute = Compute.start(config.machine().device(), config.machine().threads());
    TrainingLoop loop = new TrainingLoop(config, columns, objective, compute);
    BatchSource rows =
        windows ? WindowSource.train(dataset, config) : DatasetSource.train(dataset, config);
    try (Turn turn = Turn.await(StopSignal.NONE);
        Seen train = new Seen(rows, new ArrayList<>());
        LiveTraining live = loop.begin(turn, train, null)) {
      live.run(
          new LiveTraining.Rows(train, null),
          after(rowGroups),
          Journal.silent(),
          CheckpointClock.never(),
          StopSignal.NONE);
      return train.labels();
    }
  }

  @ParameterizedTest
  @CsvSource({"256, 1, 8", "256, 3, 2", "300, 2, 1", "1000, 1, 1", "1700, 1, 3"})
  void theDataOfARungAreAPrefixOfThoseOfTheNext(int size, int accumulate, int mixed)
      throws IOException {
    TrainConfig config =
        config(
            "{'hidden': [4]}",
            "'batch-size': %s, 'accumulate': %s, 'mixed-row-groups': %s"
                .formatted(size, accumulate, mixed));
    List<Float> all = seen(config, false, 2 * ROW_GROUPS);
    assertEquals(9000, all.size());
    int before = 0;
    for (int rung = 1; rung < 2 * ROW_GROUPS; rung++) {
      List<Float> rows = seen(config, false, rung);
      assertEquals(all.subList(0, rows.size()), rows);
      assertEquals(rows, seen(config, true, rung));
      assertTrue(rows.size() >= before);
      before = rows.size();
      // One row group has 500 rows: all that a rung promises, and less than a step more.
      int least = 1000 * rung - 500 * ((rung + ROW_GROUPS - 1) / ROW_GROUPS);
      assertTrue(rows.size() >= least, "%s rows at rung %s".formatted(rows.size(), rung));
      assertTrue(rows.size() < 1000 * rung + size * accumulate);
    }
  }

  @Test
  void aRowGroupThatIsNotMixedIsReadWholeBeforeItsRung() throws IOException {
    TrainConfig config = config("{'hidden': [4]}", "'batch-size': 500, 'mixed-row-groups': 1");
    DatasetSource rows = DatasetSource.train(dataset, config);
    List<Long> ends = new ArrayList<>();
    for (int rowGroups = 1; rowGroups <= ROW_GROUPS + 1; rowGroups++) {
      ends.add(rows.rowGroupRows(1, rowGroups));
      int seen = seen(config, false, ROW_GROUPS + Math.min(rowGroups, ROW_GROUPS)).size();
      assertEquals(ends.get(rowGroups - 1), seen - 4500L);
    }
    rows.close();
    assertEquals(4500L, ends.get(ROW_GROUPS - 1));
    assertEquals(4500L, ends.get(ROW_GROUPS));
  }

  @Test
  void aRungSaysHowGoodTheWeightsWereThere() throws IOException {
    TrainConfig config = config("{'hidden': [8]}", PLAIN);
    Run first = Training.run(dataset, config, context, Stretch.until(after(2)));
    assertEquals(RunStatus.PAUSED, first.record().status());
    assertEquals(List.of(), first.epochs());
    RungRecord rung = first.rungs().get(0);
    assertEquals(1, rung.epoch());
    assertEquals(2, rung.rowGroups());
    assertTrue(rung.steps() == 6 || rung.steps() == 8, rung.toString());
    assertEquals(Map.of("validation", rung.validation()), first.record().metrics());
    assertEquals(List.of(), first.differences());
    assertTrue(first.hasReached(after(1)));
    assertTrue(first.hasReached(after(2)));
    assertFalse(first.hasReached(after(3)));
    assertFalse(first.hasReached(after(5)));
    String log = Files.readString(Path.of(first.path(Run.LOG)));
    assertTrue(log.contains("paused after 2 row groups of epoch 1 of 3"), log);

    Run next = Training.resume(first, context, Stretch.until(after(6)));
    assertEquals(1, next.epochs().size());
    assertEquals(2, next.rungs().size());
    assertEquals(rung, next.rungs().get(0));
    RungRecord second = next.rungs().get(1);
    EpochRecord epoch = next.epochs().get(0);
    assertEquals(
        second.validationLoss() < epoch.validationLoss() ? second.validation() : epoch.validation(),
        next.record().metrics().get("validation"));
  }

  @Test
  void whatHasBeenDoneIsNotDoneAgain() throws IOException {
    TrainConfig config = config("{'hidden': [8]}", PLAIN);
    Run paused = Training.run(dataset, config, context, Stretch.until(after(3)));
    byte[] before = Files.readAllBytes(Path.of(paused.path("run.json")));
    for (int place : List.of(1, 3)) {
      Run again = Training.resume(paused, context, Stretch.until(after(place)));
      assertEquals(RunStatus.PAUSED, again.record().status());
      assertArrayEquals(before, Files.readAllBytes(Path.of(paused.path("run.json"))));
    }
    var error = assertThrows(RefusedException.class, () -> new Until(0, 0));
    assertEquals("Cannot train until epoch 0: epochs are from 1", error.getMessage());
  }

  @Test
  void aRunStoppedBetweenTwoRungsGoesOn() throws IOException {
    TrainConfig config = config("{'hidden': [8], 'dropout': 0.3}", PLAIN);
    Run whole = Training.run(dataset, config, context);
    Run paused = Training.run(dataset, config, context, Stretch.until(after(6)));
    ProgressListener stopping =
        new ProgressListener() {
          @Override
          public boolean wantsStop() {
            return true;
          }
        };
    assertThrows(
        StoppedException.class,
        () -> Training.resume(paused, context.withProgress(stopping), Stretch.until(after(9))));
    Run stopped = Run.open(paused.folder());
    assertEquals(1, stopped.rungs().size());
    // The checkpoint is beyond this place, which was measured when the training came by.
    Run back = Training.resume(stopped, context, Stretch.until(after(6)));
    assertEquals(RunStatus.PAUSED, back.record().status());
    assertEquals(stopped.rungs(), back.rungs());
    assertSame(whole, cut(back, List.of(9, 12)));
  }

  private Run cut(Run run, List<Integer> pauses) throws IOException {
    Run now = run;
    for (int pause : pauses) {
      now = Training.resume(now, context, Stretch.until(after(pause)));
    }
    return Training.resume(now, context);
  }

  @Test
  void rungsThatWereChangedAreRefused() throws IOException {
    Run paused =
        Training.run(dataset, config("{'hidden': [8]}", PLAIN), context, Stretch.until(after(2)));
    Path rungs = Path.of(paused.path(Run.RUNGS));
    Files.writeString(rungs, Files.readString(rungs).replace("\"epoch\":1", "\"epoch\":2"));
    assertThrows(DamagedFileException.class, paused::rungs);
  }
}
