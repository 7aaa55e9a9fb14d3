package dev.almanac.training.search.prune;

import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The trials that have trained until a place, compared by what they were worth there. */
final class Rung {
  private final int place;
  private final List<Trial> bestFirst;

  /**
   * @param history all trials; those that have not come so far are left out
   */
  Rung(int place, Goal goal, List<Trial> history) {
    this.place = place;
    this.bestFirst =
        history.stream()
            .filter(trial -> trial.reached() >= place && trial.valueAt(place) != null)
            .sorted(
                Comparator.<Trial, Double>comparing(trial -> trial.valueAt(place), goal.bestFirst())
                    .thenComparingInt(Trial::number))
            .toList();
  }

  int place() {
    return place;
  }

  int size() {
    return bestFirst.size();
  }

  /** How many of them are better than a trial, from 0. */
  int rank(Trial trial) {
    for (int i = 0; i < bestFirst.size(); i++) {
      if (bestFirst.get(i).number() == trial.number()) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Cannot compare trial %s at rung %s: it has not trained so far (%s)"
            .formatted(trial.number(), place, trial.reached()));
  }

  /** How many have gone on from here, or were about to when they failed or were cancelled. */
  int left() {
    return (int)
        bestFirst.stream()
            .filter(
                trial ->
                    trial.reached() > place
                        || trial.state() == Trial.State.RUNNING
                        || trial.state() == Trial.State.FAILED
                        || trial.state() == Trial.State.CANCELLED)
            .count();
  }

  /** The best of those that wait here. */
  Optional<Trial> bestWaiting() {
    return bestFirst.stream()
        .filter(trial -> trial.reached() == place && trial.state() == Trial.State.PAUSED)
        .findFirst();
  }
}
