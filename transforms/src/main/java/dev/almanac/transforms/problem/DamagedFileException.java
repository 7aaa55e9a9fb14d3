package dev.almanac.transforms.problem;

/** A file of a dataset or a run differs from what was written. */
public class DamagedFileException extends ForeseenException {
  private static final long serialVersionUID = 1L;

  public DamagedFileException(String message) {
    super(message);
  }
}
