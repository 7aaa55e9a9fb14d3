package dev.almanac.training.search;

import dev.almanac.training.search.trial.Trial;

/** Hears of a study's trials, one at a time, on the threads that run them. */
public interface StudyListener {
  /** Nobody listens. */
  StudyListener NONE = new StudyListener() {};

  /** A trial that an earlier process of the study ended, or that was taken over. */
  default void known(Trial trial) {}

  /** A worker begins a trial, or goes on with one that has trained some epochs. */
  default void started(Trial trial) {}

  /** A worker is done with what it began, of which nobody has decided yet what it means. */
  default void trained(Trial trial) {}

  /** A trial was looked at and goes on, or is paused; its last report says how good it is. */
  default void rung(Trial trial) {}

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
      public void trained(Trial trial) {
        first.trained(trial);
        other.trained(trial);
      }

      @Override
      public void rung(Trial trial) {
        first.rung(trial);
        other.rung(trial);
      }

      @Override
      public void ended(Trial trial) {
        first.ended(trial);
        other.ended(trial);
      }
    };
  }
}
