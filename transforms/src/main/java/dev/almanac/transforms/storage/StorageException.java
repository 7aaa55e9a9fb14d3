package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.Foreseen;
import java.io.IOException;

/** A remote store refused a request, or failed for longer than {@link Tries} goes on. */
public final class StorageException extends IOException implements Foreseen {
  private static final long serialVersionUID = 1L;

  StorageException(String message, Exception cause) {
    super(message, cause);
  }
}
