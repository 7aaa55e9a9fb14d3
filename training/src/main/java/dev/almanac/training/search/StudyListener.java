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

  /** Tells this one first and then another. */
  default StudyListener and(StudyListener other) {
    StudyListener first = this;
    return new StudyListener() {
      @Override
      public void known(Trial trial) {
        first.known(trial);
        other.known(trial);
      }

      @Override
      public void started(Trial trial) {
        first.started(trial);
        other.started(trial);
      }

      @Override
      public void ended(Trial trial) {
        first.ended(trial);
        other.ended(trial);
      }
    };
  }
}
