package dev.almanac.training.problem;

import dev.almanac.transforms.problem.WorkException;

/** A training that cannot start or cannot go on; the message says what to do. */
public final class TrainingException extends WorkException {
  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
