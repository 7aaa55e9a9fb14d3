package dev.almanac.training.search.sample;

import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.Comparator;
import java.util.List;

/**
 * The trials that have a value, the best first; of equals, the first of them. Those that were
 * pruned come after all that finished, those that trained longer first.
 */
final class Ranking {
  private Ranking() {}

  static List<Trial> of(List<Trial> past, Goal goal) {
    Comparator<Trial> byValue =
        Comparator.comparing(Trial::value, Comparator.nullsLast(goal.bestFirst()));
    return past.stream()
        .filter(Ranking::hasValue)
        .sorted(
            Comparator.comparing(Trial::state)
                .thenComparing(Ranking::depth, Comparator.reverseOrder())
                .thenComparing(byValue)
                .thenComparingInt(Trial::number))
        .toList();
  }

  private static boolean hasValue(Trial trial) {
    return trial.state() == Trial.State.FINISHED || trial.state() == Trial.State.PRUNED;
  }

  /** How far a pruned trial came; that of a finished one does not count. */
  private static int depth(Trial trial) {
    return trial.state() == Trial.State.PRUNED ? trial.reached() : 0;
  }
}
