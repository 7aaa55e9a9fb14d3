package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;

/** A file has another content than when reading it began. */
public final class ChangedFileException extends ForeseenException {
  private static final long serialVersionUID = 1L;

  ChangedFileException(String message) {
    super(message);
  }
}
