package dev.almanac.transforms.problem;

import java.io.IOException;

/**
 * Data or a file that cannot be used as it is.
 *
 * <p>The message reads {@code Cannot <do what> <which>: <rule> (<actual>)} and needs nothing beside
 * it: file, line and what to do stand in it. It is one line, whatever the names in it hold.
 */
public non-sealed class ForeseenException extends IOException implements Foreseen {
  private static final long serialVersionUID = 1L;

  public ForeseenException(String message) {
    super(Printable.line(message));
  }

  public ForeseenException(String message, Throwable cause) {
    super(Printable.line(message), cause);
  }
}
