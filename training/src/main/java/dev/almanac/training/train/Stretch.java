package dev.almanac.training.train;

import dev.almanac.transforms.problem.RefusedException;

/**
 * How far a training goes this time.
 *
 * @param until the number of the epoch that it ends with, from 1; the training may be over before
 * @param before how an earlier attempt ended, for the run's log; null when there was none
 */
public record Stretch(int until, String before) {
  static final Stretch TO_THE_END = until(Integer.MAX_VALUE);

  public Stretch {
    if (until < 1) {
      throw new RefusedException("Cannot train until epoch %s: epochs are from 1".formatted(until));
    }
  }

  public static Stretch until(int epoch) {
    return new Stretch(epoch, null);
  }
}
