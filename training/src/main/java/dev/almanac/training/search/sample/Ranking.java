package dev.almanac.training.search.sample;

import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.Comparator;
import java.util.List;

/**
 * The trials that have a value, the best first; of equals, the first of them. Those that were
 * pruned, wait at a rung or go on from one come after all that finished, those that trained longer
 * first.
 */
final class Ranking {
  private Ranking() {}

  static List<Trial> of(List<Trial> past, Goal goal) {
    Comparator<Trial> byValue =
        Comparator.comparing(Trial::value, Comparator.nullsLast(goal.bestFirst()));
    return past.stream()
        .filter(Ranking::hasValue)
        .sorted(
            Comparator.comparing(Ranking::isCut)
                .thenComparing(Ranking::depth, Comparator.reverseOrder())
                .thenComparing(byValue)
                .thenComparingInt(Trial::number))
        .toList();
  }

  /** Whether it was measured, if only at a rung. */
  static boolean hasValue(Trial trial) {
    return trial.value() != null;
  }

  private static boolean isCut(Trial trial) {
    return trial.state() != Trial.State.FINISHED;
  }

  /** How far a trial came that did not finish; that of a finished one does not count. */
  private static int depth(Trial trial) {
    return isCut(trial) ? trial.reached() : 0;
  }
}
