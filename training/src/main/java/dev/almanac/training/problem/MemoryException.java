package dev.almanac.training.problem;

import dev.almanac.transforms.problem.WorkException;

/** A training that got no more memory, Java's or PyTorch's; the message says what to do. */
public final class MemoryException extends WorkException {
  private static final long serialVersionUID = 1L;

  public MemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
