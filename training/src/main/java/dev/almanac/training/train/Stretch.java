package dev.almanac.training.train;

import dev.almanac.training.feed.RowsInMemory;
import dev.almanac.training.run.Until;

/**
 * How far a training goes this time.
 *
 * @param until where it ends; the training may be over before
 * @param before how an earlier attempt ended, for the run's log; null when there was none
 * @param rows that stay in memory for the next one
 */
public record Stretch(Until until, String before, RowsInMemory rows) {
  /** All of it. */
  static Stretch toTheEnd() {
    return until(Integer.MAX_VALUE);
  }

  public static Stretch until(int epoch) {
    return until(Until.epoch(epoch));
  }

  public static Stretch until(Until until) {
    return new Stretch(until, null, RowsInMemory.none());
  }
}
