package dev.almanac.training.lease;

import dev.almanac.transforms.problem.ForeseenException;

/** A folder that another process works in, or has taken over. */
public final class LeaseException extends ForeseenException {
  private static final long serialVersionUID = 1L;

  LeaseException(String message) {
    super(message);
  }
}
