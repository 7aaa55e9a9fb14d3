package dev.almanac.transforms.problem;

/**
 * Work that was begun and cannot be finished: the message says why and what to do.
 *
 * <p>Unchecked, so that it gets through engines and steps that declare nothing.
 */
public non-sealed class WorkException extends RuntimeException implements Foreseen {
  private static final long serialVersionUID = 1L;

  public WorkException(String message) {
    super(message);
  }

  public WorkException(String message, Throwable cause) {
    super(message, cause);
  }
}
