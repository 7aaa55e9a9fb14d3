package dev.almanac.transforms.encode;

import dev.almanac.transforms.problem.WorkException;

/**
 * The train split, or a later row, does not let a step do its work; the message says what to do.
 */
public final class FitException extends WorkException {
  private static final long serialVersionUID = 1L;

  public FitException(String message) {
    super(message);
  }
}
