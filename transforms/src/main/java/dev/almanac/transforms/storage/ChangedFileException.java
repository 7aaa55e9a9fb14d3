package dev.almanac.transforms.storage;

import java.io.IOException;

/** A file has another content than when reading it began. */
public final class ChangedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  ChangedFileException(String message) {
    super(message);
  }
}
