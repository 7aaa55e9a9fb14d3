package dev.almanac.transforms.encode;

/**
 * The train split, or a later row, does not let a step do its work; the message says what to do.
 */
public final class FitException extends RuntimeException {
  public FitException(String message) {
    super(message);
  }
}
