package dev.almanac.training.search.rule;

import dev.almanac.transforms.problem.WorkException;

/** A rule that cannot be read, or not be applied to values; the message says why. */
public final class RuleException extends WorkException {
  private static final long serialVersionUID = 1L;

  RuleException(String message) {
    super(message);
  }
}
