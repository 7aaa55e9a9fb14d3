package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.Foreseen;
import java.io.IOException;

/** A file has another content than when reading it began. */
public final class ChangedFileException extends IOException implements Foreseen {
  private static final long serialVersionUID = 1L;

  ChangedFileException(String message) {
    super(message);
  }
}
