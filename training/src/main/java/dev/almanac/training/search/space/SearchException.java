package dev.almanac.training.search.space;

import dev.almanac.transforms.problem.WorkException;

/** A search that cannot be made, or a study that cannot go on; the message says why. */
public final class SearchException extends WorkException {
  private static final long serialVersionUID = 1L;

  public SearchException(String message) {
    super(message);
  }
}
