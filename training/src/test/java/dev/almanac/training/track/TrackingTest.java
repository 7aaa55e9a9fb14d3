package dev.almanac.training.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener.Progress;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.Speed;
import dev.almanac.training.train.Training;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackingTest {
  private static final TrainConfig CONFIG =
      Problem.config(Task.REGRESSION, "{\"hidden\": [8]}", "adam", 0.01, 3);

  @TempDir Path folder;
  private Dataset dataset;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void write() throws IOException {
    dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
  }

  @Test
  void aTrackerThatFailsOrHangsChangesNothing() throws Exception {
    Run alone = Training.run(dataset, CONFIG, context("alone"));
    Seen down = new Seen("down", true);
    CountDownLatch never = new CountDownLatch(1);
    Tracker hangs =
        new Named("hangs") {
          @Override
          public void show(RunView state) throws InterruptedException {
            never.await();
          }
        };
    Seen up = new Seen("up", false);
    Tracking tracking = new Tracking(List.of(down, hangs, up), said::add);
    Run tracked = Training.run(dataset, CONFIG, context("tracked").withProgress(tracking));
    never.countDown();
    tracking.close();
    assertArrayEquals(alone.model().weights(), tracked.model().weights());
    assertEquals(losses(alone), losses(tracked));
    assertEquals(alone.record().metrics(), tracked.record().metrics());
    assertEquals(1, said.size(), said::toString);
    assertTrue(said.get(0).contains("the server is away"), said::toString);
    RunView last = up.states.get(up.states.size() - 1);
    assertEquals(tracked.record(), last.run().record());
    assertEquals(tracked.epochs(), last.epochs());
    assertTrue(down.calls > 0);
  }

  @Test
  void whatCouldNotBeShownIsShownBesideTheNextRun() throws Exception {
    try (Tracking tracking = new Tracking(List.of(new Seen("one", true)), said::add)) {
      Training.run(dataset, CONFIG, context("runs").withProgress(tracking));
    }
    PendingRuns pending = new PendingRuns(folder.resolve("runs").toString(), "one");
    String missed = pending.ids().get(0);
    Seen up = new Seen("one", false);
    Run next;
    try (Tracking tracking = new Tracking(List.of(up), said::add)) {
      next = Training.run(dataset, CONFIG, context("runs").withProgress(tracking));
      for (int i = 0; i < 300 && !up.ids().contains(missed); i++) {
        Thread.sleep(20);
      }
    }
    assertEquals(List.of(), pending.ids());
    RunView late =
        up.states.stream().filter(s -> s.run().record().runId().equals(missed)).findFirst().get();
    assertEquals(RunStatus.FINISHED, late.run().record().status());
    assertEquals(3, late.epochs().size());
    assertEquals(3, late.points().stream().filter(Point::endsEpoch).count());
    assertTrue(up.ids().contains(next.record().runId()));
    assertTrue(Files.exists(Path.of(next.path(RunTrail.FILE))));
  }

  @Test
  void aRunThatWasKilledIsShownAsLost() throws Exception {
    Run run = Training.run(dataset, CONFIG, context("runs"));
    run.write(run.record().resumed());
    Seen tracker = new Seen("one", false);
    PendingRuns pending = PendingRuns.around(run, tracker);
    pending.add(run);
    try (CatchUp catchUp = CatchUp.begin(pending.runs(), tracker)) {
      assertEquals(run.record().runId(), catchUp.next());
      assertEquals(0, catchUp.left());
    }
    assertEquals(RunStatus.LOST, tracker.states.get(0).run().record().status());
    assertEquals(List.of(), pending.ids());
  }

  @Test
  void pointsStayFewAndTheEndsOfEpochsStay() throws IOException {
    Run run = Training.run(dataset, CONFIG, context("runs"));
    RunTrail series = RunTrail.open(run);
    int steps = 1000;
    for (int epoch = 4; epoch < 40; epoch++) {
      for (int step = 1; step < steps; step++) {
        series.step(new Progress(epoch, 40, step, steps, 1, 1, 1, 0, 1), 1000L * epoch + step);
      }
      series.epoch(
          new EpochRecord(epoch, steps, 1, 1, null, Map.of(), true, new Speed(1, 1)), epoch);
    }
    RunView state = series.state();
    assertTrue(state.points().size() <= RunTrail.MOST);
    assertTrue(state.points().size() >= RunTrail.MOST / 4);
    assertEquals(
        IntStream.range(4, 40).boxed().toList(),
        state.points().stream().filter(Point::endsEpoch).map(Point::epoch).toList());
    long last = -1;
    for (Point point : state.points()) {
      assertTrue(point.step() > last);
      last = point.step();
    }
    series.keep();
    assertEquals(state.points(), RunTrail.open(run).state().points());
  }

  private RunContext context(String runs) {
    return RunContext.of(folder.resolve(runs).toString());
  }

  private static List<Double> losses(Run run) throws IOException {
    return run.epochs().stream().map(EpochRecord::validationLoss).toList();
  }

  private abstract static class Named implements Tracker {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String key() {
      return name;
    }

    @Override
    public boolean isRemote() {
      return true;
    }
  }

  /** Keeps what it is shown, or is down. */
  private static final class Seen extends Named {
    private final List<RunView> states = Collections.synchronizedList(new ArrayList<>());
    private final boolean isDown;
    private volatile int calls;

    Seen(String name, boolean isDown) {
      super(name);
      this.isDown = isDown;
    }

    @Override
    public void show(RunView state) throws IOException {
      calls++;
      if (isDown) {
        throw new ForeseenException("the server is away");
      }
      states.add(state);
    }

    List<String> ids() {
      synchronized (states) {
        return states.stream().map(state -> state.run().record().runId()).toList();
      }
    }
  }
}
