package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;

/** A remote file could not be written to its end; see {@link Redo}. */
public final class UploadException extends ForeseenException {
  private static final long serialVersionUID = 1L;

  UploadException(String path, Exception cause) {
    super("Cannot write %s: %s".formatted(path, Tries.reason(cause)), cause);
  }
}
