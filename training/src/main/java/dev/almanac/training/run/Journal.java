package dev.almanac.training.run;

import java.io.IOException;

/** Tells a run's files and a listener how training goes; without a run, nobody. */
final class Journal {
  private final RunLog log;
  private final ProgressListener progress;

  private Journal(RunLog log, ProgressListener progress) {
    this.log = log;
    this.progress = progress;
  }

  static Journal of(RunLog log, ProgressListener progress) {
    return new Journal(log, progress);
  }

  /** Tells nobody. */
  static Journal silent() {
    return new Journal(null, ProgressListener.NONE);
  }

  void note(String text) throws IOException {
    progress.note(text);
    if (log != null) {
      log.line(text);
    }
  }

  void step(ProgressListener.Progress now) {
    progress.step(now);
  }

  void epoch(EpochRecord epoch) throws IOException {
    progress.epoch(epoch);
    if (log != null) {
      log.epoch(epoch);
    }
  }
}
