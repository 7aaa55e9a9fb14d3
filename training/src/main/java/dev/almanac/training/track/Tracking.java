package dev.almanac.training.track;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells trackers of runs, each on a thread of its own: the one that trains only writes down what it
 * hears. A tracker that is slow, down or wrong changes nothing of a training. Thread-safe.
 */
public final class Tracking implements ProgressListener, AutoCloseable {
  /** Tells nobody. */
  public static final Tracking NONE = new Tracking(List.of(), text -> {});

  private final List<TrackWorker> workers = new ArrayList<>();
  private final Consumer<String> note;
  private RunTrail current;

  /**
   * @param note is told, once a tracker, that it is down
   */
  public Tracking(List<Tracker> trackers, Consumer<String> note) {
    this.note = note;
    for (Tracker tracker : trackers) {
      TrackWorker worker = new TrackWorker(tracker, note);
      workers.add(worker);
      worker.start();
    }
  }

  @Override
  public synchronized void started(Run run) {
    if (workers.isEmpty()) {
      return;
    }
    try {
      RunTrail trail = RunTrail.open(run);
      current = trail;
      workers.forEach(worker -> worker.add(trail));
    } catch (IOException e) {
      note.accept("run %s is shown nowhere: %s".formatted(run.record().runId(), e.getMessage()));
    }
  }

  @Override
  public synchronized void step(Progress now) {
    if (current != null) {
      current.step(now, System.currentTimeMillis());
    }
  }

  @Override
  public synchronized void epoch(EpochRecord epoch) {
    if (current != null) {
      current.epoch(epoch, System.currentTimeMillis());
      workers.forEach(TrackWorker::wake);
    }
  }

  @Override
  public synchronized void ended(Run run) {
    if (current == null) {
      return;
    }
    try {
      current.keep();
    } catch (IOException e) {
      note.accept(
          "the times of run %s are not kept: %s".formatted(run.record().runId(), e.getMessage()));
    }
    current.run(run);
    workers.forEach(TrackWorker::wake);
    current = null;
  }

  /** A run that is not under way has another record or other files now. */
  public void changed(Run run) {
    started(run);
    synchronized (this) {
      current = null;
    }
  }

  /** Shows what is left, as far as the trackers answer. */
  @Override
  public void close() {
    workers.forEach(TrackWorker::close);
  }
}
