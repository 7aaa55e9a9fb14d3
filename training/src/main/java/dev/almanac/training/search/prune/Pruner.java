package dev.almanac.training.search.prune;

import dev.almanac.training.search.trial.Trial;
import java.util.List;
import java.util.Optional;

/**
 * Ends trials early that will not be the best.
 *
 * <p>Stateless: what it decides depends only on its arguments, so that a study that was killed and
 * started again decides the same. Thread-safe.
 */
public interface Pruner {
  /**
   * Where a trial that goes on is looked at next, in the study's resource; more than it has
   * trained.
   */
  int until(Trial trial);

  /**
   * What becomes of a trial whose segment has just ended and whose training is not over.
   *
   * @param history all trials by number, this one among them
   */
  Verdict decide(Trial trial, List<Trial> history);

  /** A paused trial that goes on now that a worker is free, before a new one is begun. */
  default Optional<Trial> promote(List<Trial> history) {
    return Optional.empty();
  }

  /**
   * What becomes of a trial.
   *
   * @param reason why it stops, for a person; null when it does not
   */
  record Verdict(What kind, String reason) {
    static final Verdict CONTINUE = new Verdict(What.CONTINUE, null);
    static final Verdict PAUSE = new Verdict(What.PAUSE, null);

    static Verdict stop(String reason) {
      return new Verdict(What.STOP, reason);
    }
  }

  /** What a trial does next. */
  enum What {
    CONTINUE,
    PAUSE,
    STOP
  }
}
