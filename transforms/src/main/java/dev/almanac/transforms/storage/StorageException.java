package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.Foreseen;
import java.io.IOException;

/** A remote store refused a request, or still failed when {@link Tries} gave up. */
public final class StorageException extends IOException implements Foreseen {
  private static final long serialVersionUID = 1L;

  StorageException(String message, Exception cause) {
    super(message, cause);
  }
}
