package dev.almanac.training.track;

import dev.almanac.training.run.Run;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Shows runs to one tracker, one run after another, on a thread of its own; and, when it has
 * nothing else to do, those that an earlier process could not show.
 *
 * <p>A tracker is given the newest state alone, so that what waits does not grow with how long it
 * is down. That it is down is said once.
 */
final class TrackWorker extends Thread {
  /** How often a run that changes is shown. */
  private static final long LOOK_MILLIS = 1000;

  private static final long FIRST_RETRY_MILLIS = 5000;
  private static final long LAST_RETRY_MILLIS = 60_000;

  /** A tracker that refused so soon is asked once more in the end. */
  private static final long SOON_MILLIS = 1000;

  /** How long the end of a training may wait for a tracker that answers. */
  private static final long CLOSING_MILLIS = 60_000;

  private final Tracker tracker;
  private final Consumer<String> note;
  private final Deque<RunTrail> runs = new ArrayDeque<>();
  private boolean closing;
  private boolean said;
  private boolean soon = true;
  private long retryMillis;
  private long retryAt;
  private CatchUp catchUp;

  TrackWorker(Tracker tracker, Consumer<String> note) {
    super("track-" + tracker.key());
    this.tracker = tracker;
    this.note = note;
    setDaemon(true);
  }

  synchronized void add(RunTrail trail) {
    runs.add(trail);
    notifyAll();
  }

  synchronized void wake() {
    notifyAll();
  }

  /** Shows what is left, as far as the tracker answers, and ends. */
  void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      join(CLOSING_MILLIS);
      interrupt();
      join(SOON_MILLIS);
    } catch (InterruptedException e) {
      interrupt();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      for (RunTrail next = take(); next != null; next = take()) {
        follow(next);
      }
    } catch (InterruptedException e) {
      // The training is over: what is left is sent later.
    } finally {
      end();
    }
  }

  /** The next run; null when there is none and none will come. */
  private RunTrail take() throws InterruptedException {
    while (true) {
      synchronized (this) {
        if (!runs.isEmpty()) {
          return runs.poll();
        }
        if (closing) {
          return null;
        }
      }
      rest();
    }
  }

  private void follow(RunTrail trail) throws InterruptedException {
    PendingRuns pending = PendingRuns.around(trail.state().run(), tracker);
    begin(trail, pending);
    long shown = -1;
    while (true) {
      long changes = trail.changes();
      RunView state = trail.state();
      boolean last = isLast(state);
      if (changes != shown && mayTry(last) && tries(() -> tracker.show(state))) {
        shown = changes;
      }
      if (state.isIdle() && shown == changes) {
        if (state.isSettled() && tracker.isRemote()) {
          tries(() -> pending.remove(state.run().record().runId()));
        }
        return;
      }
      if (last) {
        return;
      }
      rest();
    }
  }

  private void begin(RunTrail trail, PendingRuns pending) throws InterruptedException {
    if (!tracker.isRemote()) {
      return;
    }
    Run run = trail.state().run();
    tries(() -> pending.add(run));
    // The process of a trial has others beside it; their search looks after them all.
    if (run.record().trial() == null && catchUp == null) {
      tries(() -> catchUp = CatchUp.begin(pending.runs(), tracker));
    }
  }

  /** Whether this run is looked at no more, shown or not. */
  private synchronized boolean isLast(RunView state) {
    return closing || state.isIdle() && !runs.isEmpty();
  }

  private boolean mayTry(boolean last) {
    return retryMillis == 0 || System.nanoTime() - retryAt >= 0 || last && soon;
  }

  /** Sends what is pending, or waits for news. */
  private void rest() throws InterruptedException {
    if (catchUp != null && catchUp.left() > 0 && retryMillis == 0) {
      tries(() -> catchUp.next());
      return;
    }
    synchronized (this) {
      if (!closing) {
        wait(LOOK_MILLIS);
      }
    }
  }

  /** What may fail, since the tracker or the disk is away. */
  private interface Attempt {
    void run() throws IOException, InterruptedException;
  }

  /** Whether it came through; otherwise it is tried again after a while. */
  private boolean tries(Attempt attempt) throws InterruptedException {
    long start = System.nanoTime();
    try {
      attempt.run();
      retryMillis = 0;
      return true;
    } catch (IOException | RuntimeException e) {
      long now = System.nanoTime();
      soon = now - start < SOON_MILLIS * 1_000_000;
      retryMillis =
          retryMillis == 0 ? FIRST_RETRY_MILLIS : Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
      retryAt = now + retryMillis * 1_000_000;
      if (!said) {
        said = true;
        note.accept(
            "%s does not show this now, which is sent %s: %s"
                .formatted(
                    tracker.name(),
                    tracker.isRemote() ? "later" : "again",
                    e.getMessage() == null ? e.toString() : e.getMessage()));
      }
      return false;
    }
  }

  private void end() {
    try {
      if (catchUp != null) {
        catchUp.close();
      }
      tracker.close();
    } catch (IOException e) {
      note.accept(e.getMessage());
    }
  }
}
