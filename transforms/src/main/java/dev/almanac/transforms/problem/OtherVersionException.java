package dev.almanac.transforms.problem;

/** A file is intact but of a format that this program does not read. */
public class OtherVersionException extends ForeseenException {
  private static final long serialVersionUID = 1L;

  public OtherVersionException(String message) {
    super(message);
  }
}
