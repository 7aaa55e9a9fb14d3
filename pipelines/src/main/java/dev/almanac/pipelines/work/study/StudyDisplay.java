package dev.almanac.pipelines.work.study;

import dev.almanac.pipelines.work.Progress;
import dev.almanac.training.search.StudyListener;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the page of a study up to date while it is searched: now and then, on a thread of its own,
 * never for more than a twentieth of the time, and once more at its end. A page that cannot be
 * written is said once and stops nothing. Thread-safe.
 */
public final class StudyDisplay implements StudyListener, AutoCloseable {
  private static final long LEAST_MILLIS = 5_000;

  /** How many times as long as a writing takes the pause behind it is. */
  private static final int SHARE = 20;

  private final String folder;
  private final Progress progress;
  private final List<TrialSegment> segments;
  private final Map<Integer, Open> open = new HashMap<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "study-page");
            thread.setDaemon(true);
            return thread;
          });

  private boolean isAsked;
  private boolean isBroken;
  private long pause;

  /**
   * A stretch of which nobody has decided yet what it means.
   *
   * @param until when the worker was done with it; null before
   */
  private record Open(int worker, Instant since, Instant until, int from) {
    Open ended() {
      return new Open(worker, since, Instant.now(), from);
    }
  }

  public StudyDisplay(String folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
    List<TrialSegment> kept = List.of();
    try {
      kept = StudyPages.segments(folder);
    } catch (IOException unreadable) {
      say(unreadable);
    }
    this.segments = new ArrayList<>(kept);
  }

  @Override
  public void started(Trial trial) {
    synchronized (this) {
      end(trial);
      int worker = 0;
      while (isTaken(worker)) {
        worker++;
      }
      open.put(trial.number(), new Open(worker, Instant.now(), null, trial.reached()));
    }
    ask();
  }

  @Override
  public synchronized void trained(Trial trial) {
    open.computeIfPresent(trial.number(), (number, begun) -> begun.ended());
  }

  /** Hears of the study's best that are trained again. */
  public StudyListener again() {
    return new StudyListener() {
      @Override
      public void ended(Trial trial) {
        ask();
      }
    };
  }

  @Override
  public void rung(Trial trial) {
    ended(trial);
  }

  @Override
  public void ended(Trial trial) {
    synchronized (this) {
      end(trial);
    }
    ask();
  }

  /** Keeps what was chosen, and writes no more. */
  public void finish(StudyWinner winner) {
    try {
      StudyPages.keep(folder, winner);
    } catch (IOException unwritten) {
      say(unwritten);
    }
    close();
  }

  /** Writes no more, and what it has. */
  @Override
  public void close() {
    synchronized (this) {
      if (writer.isShutdown()) {
        return;
      }
      writer.shutdown();
    }
    try {
      // One that is being written now is let end: the next would go to the same place.
      writer.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    write(false);
  }

  private boolean isTaken(int worker) {
    return open.values().stream().anyMatch(each -> each.worker() == worker && each.until() == null);
  }

  private void end(Trial trial) {
    Open begun = open.remove(trial.number());
    boolean inEpochs =
        trial.reports().isEmpty() || trial.reports().get(0).resource() == Resource.EPOCHS;
    if (begun != null) {
      segments.add(
          new TrialSegment(
              trial.number(),
              begun.worker(),
              text(begun.since()),
              text(begun.until() == null ? Instant.now() : begun.until()),
              inEpochs ? begun.from() : null,
              inEpochs ? trial.reached() : null,
              inEpochs ? null : begun.from(),
              inEpochs ? null : trial.reached(),
              trial.state().text()));
    }
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private synchronized void ask() {
    if (!isAsked && !writer.isShutdown()) {
      isAsked = true;
      writer.schedule(this::now, Math.max(LEAST_MILLIS, pause), TimeUnit.MILLISECONDS);
    }
  }

  private void now() {
    synchronized (this) {
      isAsked = false;
    }
    long start = System.nanoTime();
    write(true);
    synchronized (this) {
      pause = SHARE * (System.nanoTime() - start) / 1_000_000;
    }
  }

  private void write(boolean going) {
    List<TrialSegment> kept;
    synchronized (this) {
      kept = List.copyOf(segments);
    }
    try {
      StudyPages.keep(folder, kept);
      StudyRecord study = StudyRecord.read(folder);
      StudyPages.write(study, ShowStudy.importances(study), going);
    } catch (IOException | RuntimeException unwritten) {
      say(unwritten);
    }
  }

  private void say(Exception why) {
    synchronized (this) {
      if (isBroken) {
        return;
      }
      isBroken = true;
    }
    progress.line(
        "The page of study %s cannot be written (%s); the search goes on"
            .formatted(folder, why.getMessage()));
  }
}
