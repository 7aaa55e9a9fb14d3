package dev.almanac.pipelines.track.study;

import dev.almanac.training.search.StudyListener;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tells trackers of a study on a thread of its own. One that is down is said once and told again
 * with the next trial, and in the end. Thread-safe.
 */
public final class StudyTracking implements StudyListener, AutoCloseable {
  /** How long the end of a search may wait for a tracker that answers. */
  private static final long CLOSING_MILLIS = 30_000;

  /** Between two looks at what is under way. */
  private static final long LOOK_MILLIS = 2_000;

  private final StudyView begun;
  private final List<StudyTracker> trackers;
  private final Consumer<String> note;
  private final Map<Integer, Trial> trials = new TreeMap<>();
  private final Set<String> said = new HashSet<>();
  private final Thread thread = new Thread(this::run, "track-study");
  private boolean changed = true;

  /** Whether what the tracking thread shows is more than it last was told; that thread's own. */
  private boolean news;

  private boolean closing;

  /**
   * @param begun the study without its trials
   */
  public StudyTracking(StudyView begun, List<StudyTracker> trackers, Consumer<String> note) {
    this.begun = begun;
    this.trackers = new ArrayList<>(trackers);
    this.note = note;
    if (!trackers.isEmpty()) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void known(Trial trial) {
    hear(trial);
  }

  @Override
  public void started(Trial trial) {
    hear(trial);
  }

  @Override
  public void rung(Trial trial) {
    hear(trial);
  }

  @Override
  public void ended(Trial trial) {
    hear(trial);
  }

  private synchronized void hear(Trial trial) {
    trials.put(trial.number(), trial);
    changed = true;
    notifyAll();
  }

  /** What is known, once that is more than before, or it is time to look at what is under way. */
  private synchronized StudyView next() throws InterruptedException {
    boolean isLive = trackers.stream().anyMatch(StudyTracker::isLive);
    while (!changed && !closing) {
      wait(isLive ? LOOK_MILLIS : 0);
      if (isLive && isUnderWay()) {
        break;
      }
    }
    news = changed || closing;
    changed = false;
    return new StudyView(
        begun.folder(),
        begun.runs(),
        begun.experiment(),
        begun.question(),
        begun.space(),
        List.copyOf(trials.values()),
        closing);
  }

  private boolean isUnderWay() {
    return trials.values().stream().anyMatch(trial -> trial.state() == Trial.State.RUNNING);
  }

  private void run() {
    try {
      for (StudyView view = next(); ; view = next()) {
        for (StudyTracker tracker : trackers) {
          if (tracker.isLive()) {
            show(tracker, view.live());
          } else if (news) {
            show(tracker, view);
          }
        }
        if (view.isOver()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // The search is over: it waits for nobody.
    }
  }

  private void show(StudyTracker tracker, StudyView view) throws InterruptedException {
    try {
      tracker.show(view);
    } catch (IOException | RuntimeException e) {
      if (said.add(tracker.name())) {
        note.accept(
            "%s does not show the study now: %s"
                .formatted(tracker.name(), e.getMessage() == null ? e.toString() : e.getMessage()));
      }
    }
  }

  /** No trial is under way any more: shows what is left, as far as the trackers answer. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join(CLOSING_MILLIS);
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
