package dev.almanac.training.run;

import java.io.IOException;

/** Reports how training goes to a run's files and a listener; without a run, to nobody. */
public final class Journal {
  private final RunLog log;
  private final ProgressListener progress;

  private Journal(RunLog log, ProgressListener progress) {
    this.log = log;
    this.progress = progress;
  }

  public static Journal of(RunLog log, ProgressListener progress) {
    return new Journal(log, progress);
  }

  /** Tells nobody. */
  public static Journal silent() {
    return new Journal(null, ProgressListener.NONE);
  }

  public void note(String text) throws IOException {
    progress.note(text);
    if (log != null) {
      log.line(text);
    }
  }

  public void step(ProgressListener.Progress now) {
    progress.step(now);
  }

  public void rung(RungRecord rung) throws IOException {
    if (log != null) {
      log.rung(rung);
    }
  }

  public void epoch(EpochRecord epoch) throws IOException {
    progress.epoch(epoch);
    if (log != null) {
      log.epoch(epoch);
    }
  }
}
