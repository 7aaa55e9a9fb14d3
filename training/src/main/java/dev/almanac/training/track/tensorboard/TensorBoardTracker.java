package dev.almanac.training.track.tensorboard;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.track.Hyperparameters;
import dev.almanac.training.track.Point;
import dev.almanac.training.track.RunView;
import dev.almanac.training.track.Tracker;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * Writes event files into the folders of runs, so that {@code tensorboard --logdir runs} shows them
 * by their ids. A run that goes on gets another file. On an object store, where each write is the
 * whole file, when an epoch has ended.
 */
public final class TensorBoardTracker implements Tracker {
  static final String STATE = "track/tensorboard.json";

  private String runId;
  private EventFile file;
  private State state;

  /**
   * What a run's files hold.
   *
   * @param epochs how many epochs
   * @param step the last one of all steps
   * @param ended the state that its session ended in; null when it has not
   * @param tested whether they hold what the test split said
   */
  record State(int epochs, long step, RunStatus ended, boolean tested) {
    static final State NONE = new State(0, 0, null, false);
  }

  @Override
  public String name() {
    return "TensorBoard's event file";
  }

  @Override
  public String key() {
    return "tensorboard";
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public void show(RunView now) throws IOException {
    Run run = now.run();
    boolean begins = !run.record().runId().equals(runId);
    if (begins) {
      open(run);
    }
    int before = state.epochs;
    add(now, begins);
    if (file.isLocal() || state.epochs != before || now.isIdle()) {
      file.flush();
      Storage.writeText(run.path(STATE), Json.pretty(state));
    }
  }

  private void open(Run run) throws IOException {
    close();
    String path = run.path(STATE);
    state =
        Storage.exists(path) ? Json.read(Storage.readText(path), State.class, path) : State.NONE;
    file = new EventFile(run.folder(), System.currentTimeMillis());
    runId = run.record().runId();
  }

  private void add(RunView now, boolean begins) {
    RunRecord record = now.run().record();
    Map<Integer, Long> ends = now.epochEnds();
    if (begins) {
      String group = record.group() == null ? record.runId() : record.group().id();
      double created = Instant.parse(record.created()).toEpochMilli() / 1e3;
      file.add(Events.start(Hyperparameters.compared(record).values(), group, created));
    }
    for (Point point : now.points()) {
      if (point.step() > state.step) {
        double time = point.millis() / 1e3;
        file.add(Events.scalar("step/train-loss", point.step(), time, point.trainLoss()));
        file.add(Events.scalar("step/rows-per-second", point.step(), time, point.rowsPerSecond()));
        state = new State(state.epochs, point.step(), null, state.tested);
      }
    }
    for (EpochRecord epoch : now.epochs()) {
      if (epoch.epoch() > state.epochs) {
        add(epoch, ends.get(epoch.epoch()) / 1e3);
        state = new State(epoch.epoch(), state.step, null, state.tested);
      }
    }
    if (hasEnded(record.status()) && record.status() != state.ended) {
      end(record);
      state = new State(state.epochs, state.step, record.status(), state.tested);
    }
    Map<String, Double> test = record.metrics().get("test");
    if (test != null && !state.tested) {
      double time = System.currentTimeMillis() / 1e3;
      int best = record.result() == null ? 0 : record.result().bestEpoch();
      test.forEach((name, value) -> file.add(Events.scalar("test/" + name, best, time, value)));
      state = new State(state.epochs, state.step, state.ended, true);
    }
  }

  private void add(EpochRecord epoch, double time) {
    scalar("train/loss", epoch, time, epoch.trainLoss());
    if (epoch.validationLoss() != null) {
      scalar("validation/loss", epoch, time, epoch.validationLoss());
    }
    epoch.validation().forEach((name, value) -> scalar("validation/" + name, epoch, time, value));
    scalar("learning-rate", epoch, time, epoch.learningRate());
    scalar("rows-per-second", epoch, time, epoch.speed().rowsPerSecond());
  }

  private void scalar(String tag, EpochRecord epoch, double time, double value) {
    file.add(Events.scalar(tag, epoch.epoch(), time, value));
  }

  /** The plugin takes the first end that it finds: one that is gone on with has none. */
  private static boolean hasEnded(RunStatus status) {
    return status.isOver() || status == RunStatus.FAILED;
  }

  private void end(RunRecord record) {
    double time =
        record.finished() == null
            ? System.currentTimeMillis() / 1e3
            : Instant.parse(record.finished()).toEpochMilli() / 1e3;
    Events.Status status =
        record.status().hasModel() ? Events.Status.SUCCESS : Events.Status.FAILURE;
    file.add(Events.end(status, time));
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
