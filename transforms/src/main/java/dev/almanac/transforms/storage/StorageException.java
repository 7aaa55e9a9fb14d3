package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;

/** A remote store refused a request, or still failed when {@link Tries} gave up. */
public final class StorageException extends ForeseenException {
  private static final long serialVersionUID = 1L;

  StorageException(String message, Exception cause) {
    super(message, cause);
  }
}
