package dev.almanac.training.search;

import dev.almanac.transforms.problem.WorkException;

/** A person ended a trial for good; its message is the reason, and the study goes on. */
public final class TrialCancelledException extends WorkException {
  private static final long serialVersionUID = 1L;

  public TrialCancelledException(String why) {
    super(why);
  }
}
