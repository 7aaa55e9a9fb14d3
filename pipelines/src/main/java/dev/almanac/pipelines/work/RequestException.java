package dev.almanac.pipelines.work;

import dev.almanac.transforms.problem.Foreseen;

/** A request that cannot be carried out as it was made: exit status 2. */
public final class RequestException extends Exception implements Foreseen {
  private static final long serialVersionUID = 1L;

  public RequestException(String message) {
    super(message);
  }
}
