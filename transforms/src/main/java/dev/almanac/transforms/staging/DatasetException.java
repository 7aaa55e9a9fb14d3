package dev.almanac.transforms.staging;

import dev.almanac.transforms.problem.WorkException;

/** A dataset that cannot be made; the message says why and what to do, for a person. */
public final class DatasetException extends WorkException {
  private static final long serialVersionUID = 1L;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
