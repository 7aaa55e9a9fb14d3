package dev.almanac.training.search;

import dev.almanac.training.search.trial.Trial;

/** Hears of a study's trials, one at a time, on the threads that run them. */
public interface StudyListener {
  /** Nobody listens. */
  StudyListener NONE = new StudyListener() {};

  /** A trial that an earlier process of the study ended. */
  default void known(Trial trial) {}

  default void started(Trial trial) {}

  default void ended(Trial trial) {}
}
