package dev.almanac.training.train;

import dev.almanac.training.feed.RowsInMemory;
import dev.almanac.transforms.problem.RefusedException;

/**
 * How far a training goes this time.
 *
 * @param until the number of the epoch that it ends with, from 1; the training may be over before
 * @param before how an earlier attempt ended, for the run's log; null when there was none
 * @param rows that stay in memory for the next one
 */
public record Stretch(int until, String before, RowsInMemory rows) {
  public Stretch {
    if (until < 1) {
      throw new RefusedException("Cannot train until epoch %s: epochs are from 1".formatted(until));
    }
  }

  /** All of it. */
  static Stretch toTheEnd() {
    return until(Integer.MAX_VALUE);
  }

  public static Stretch until(int epoch) {
    return new Stretch(epoch, null, RowsInMemory.none());
  }
}
