package dev.almanac.pipelines.work.worker;

import dev.almanac.transforms.problem.WorkException;

/** No worker could be started, which says nothing of what it was to train. */
public final class WorkerStartException extends WorkException {
  private static final long serialVersionUID = 1L;

  WorkerStartException(Exception cause) {
    super("Cannot start a worker: %s".formatted(cause.getMessage()), cause);
  }
}
