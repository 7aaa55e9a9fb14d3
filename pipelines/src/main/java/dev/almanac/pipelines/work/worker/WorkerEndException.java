package dev.almanac.pipelines.work.worker;

import dev.almanac.training.run.ExitStatus;
import dev.almanac.transforms.problem.WorkException;

/** A worker ended, or had to be ended, before it answered; the message says how. */
public final class WorkerEndException extends WorkException {
  private static final long serialVersionUID = 1L;

  private final transient ExitStatus exit;

  /**
   * @param exit how the process ended; null when it has not by itself
   */
  public WorkerEndException(String message, ExitStatus exit) {
    super(message);
    this.exit = exit;
  }

  /** How the process ended; null when it has not by itself. */
  public ExitStatus exit() {
    return exit;
  }
}
