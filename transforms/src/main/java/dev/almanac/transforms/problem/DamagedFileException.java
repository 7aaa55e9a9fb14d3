package dev.almanac.transforms.problem;

/** A file that a dataset or a run keeps is not, to the byte, what was written. */
public class DamagedFileException extends ForeseenException {
  private static final long serialVersionUID = 1L;

  public DamagedFileException(String message) {
    super(message);
  }
}
