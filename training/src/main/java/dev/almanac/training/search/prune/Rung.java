package dev.almanac.training.search.prune;

import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The trials that have trained until an epoch, compared by what they were worth after it. */
final class Rung {
  private final int epoch;
  private final List<Trial> bestFirst;

  /**
   * @param history all trials; those that have not come so far are left out
   */
  Rung(int epoch, Goal goal, List<Trial> history) {
    this.epoch = epoch;
    this.bestFirst =
        history.stream()
            .filter(trial -> trial.epochs() >= epoch && trial.valueAt(epoch) != null)
            .sorted(
                Comparator.<Trial, Double>comparing(trial -> trial.valueAt(epoch), goal.bestFirst())
                    .thenComparingInt(Trial::number))
            .toList();
  }

  int epoch() {
    return epoch;
  }

  int size() {
    return bestFirst.size();
  }

  /** How many of them are better than a trial, from 0. */
  int place(Trial trial) {
    for (int i = 0; i < bestFirst.size(); i++) {
      if (bestFirst.get(i).number() == trial.number()) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Cannot compare trial %s after epoch %s: it has not trained so far (%s)"
            .formatted(trial.number(), epoch, trial.epochs()));
  }

  /** How many have gone on from here, or were about to when they failed or were cancelled. */
  int left() {
    return (int)
        bestFirst.stream()
            .filter(
                trial ->
                    trial.epochs() > epoch
                        || trial.state() == Trial.State.RUNNING
                        || trial.state() == Trial.State.FAILED
                        || trial.state() == Trial.State.CANCELLED)
            .count();
  }

  /** The best of those that wait here. */
  Optional<Trial> bestWaiting() {
    return bestFirst.stream()
        .filter(trial -> trial.epochs() == epoch && trial.state() == Trial.State.PAUSED)
        .findFirst();
  }
}
