package dev.almanac.transforms.problem;

/**
 * A setting, a value or a use that is refused.
 *
 * <p>Where {@link ForeseenException} is of data and files, this is of what a caller asked for; its
 * message reads the same way.
 */
public non-sealed class RefusedException extends IllegalArgumentException implements Foreseen {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
