package dev.almanac.transforms.problem;

import java.util.List;

/**
 * A request that cannot be carried out as it was made, known before any work: what somebody must
 * ask for otherwise. The message may have several lines, one a problem.
 */
public non-sealed class RequestException extends Exception implements Foreseen {
  private static final long serialVersionUID = 1L;

  public RequestException(String message) {
    super(message);
  }

  /** All that is wrong at once, one a line. */
  public RequestException(List<String> problems) {
    this(String.join("\n", problems));
  }
}
