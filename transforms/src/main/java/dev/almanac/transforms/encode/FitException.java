package dev.almanac.transforms.encode;

import dev.almanac.transforms.problem.Foreseen;

/**
 * The train split, or a later row, does not let a step do its work; the message says what to do.
 */
public final class FitException extends RuntimeException implements Foreseen {
  public FitException(String message) {
    super(message);
  }
}
