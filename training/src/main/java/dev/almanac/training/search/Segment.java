package dev.almanac.training.search;

import dev.almanac.training.search.trial.Trial;

/**
 * A part of a trial's training that was begun and has not ended.
 *
 * @param trial as it stands before
 * @param until where it ends, in the study's resource, or {@link Objective#TO_ITS_END}
 * @param planned how much of the resource is planned for it, at least 1
 * @param end when it ends by the clock on which one of the resource takes 1
 * @param start how many segments were begun before
 */
record Segment(Trial trial, int until, int planned, long end, int start) {
  int number() {
    return trial.number();
  }

  /** The same part, of the trial's new run. */
  Segment of(Trial now) {
    return new Segment(now, until, planned, end, start);
  }
}
