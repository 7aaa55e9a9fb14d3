package dev.almanac.pipelines.work;

import dev.almanac.transforms.problem.WorkException;

/** Work was cancelled before it was done. */
public final class CancelledException extends WorkException {
  private static final long serialVersionUID = 1L;

  CancelledException() {
    super("Cannot finish: it was cancelled");
  }

  /**
   * Says what can be gone on with, and how.
   *
   * @param stopped what the part that was at work said when it stopped
   */
  public CancelledException(Exception stopped) {
    super(stopped.getMessage(), stopped);
  }
}
