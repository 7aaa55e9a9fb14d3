package dev.almanac.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * What holds of successive halving whatever the values are, seen from its journal alone.
 *
 * @param lines of the journal, in order
 * @param bracket tells which trials, by number, are compared with each other
 */
record RungLaws(List<Trial> lines, Goal goal, int eta, IntUnaryOperator bracket) {

  /** At any time no more than one in {@code eta} of a rung has left it, and nothing twice. */
  void checkPromotions() {
    Map<Integer, Trial> now = new HashMap<>();
    Map<String, Integer> promoted = new HashMap<>();
    Set<String> moves = new HashSet<>();
    for (Trial line : lines) {
      Trial before = now.put(line.number(), line);
      if (before == null
          || before.state() != Trial.State.PAUSED
          || line.state() != Trial.State.RUNNING) {
        continue;
      }
      int rung = line.reached();
      assertTrue(moves.add(line.number() + " from " + rung), "promoted twice");
      long size = peers(now, line).stream().filter(trial -> trial.reached() >= rung).count();
      int left = promoted.merge(bracket(line) + " at " + rung, 1, Integer::sum);
      boolean isTheLastHope =
          now.values().stream()
              .allMatch(
                  trial ->
                      trial.number() == line.number()
                          || trial.state() == Trial.State.PAUSED
                          || trial.state() == Trial.State.FAILED);
      assertTrue(left <= size / eta || isTheLastHope, "rung " + rung + ": " + left + " of " + size);
    }
    int all = promoted.values().stream().mapToInt(Integer::intValue).sum();
    assertTrue(all > 2, promoted::toString);
  }

  /**
   * A trial goes on from a rung when it is among the best one in {@code eta} of those that have
   * come so far, or the best of all, and else it ends.
   */
  void checkStops() {
    Map<Integer, Trial> now = new HashMap<>();
    int ended = 0;
    for (Trial line : lines) {
      Trial before = now.put(line.number(), line);
      boolean isLooked = line.state() == Trial.State.RUNNING || line.state() == Trial.State.PRUNED;
      if (!isLooked
          || line.reached() == 0
          || before != null && before.reached() == line.reached()) {
        continue;
      }
      List<Trial> rung =
          peers(now, line).stream()
              .filter(trial -> trial.reached() >= line.reached())
              .filter(trial -> trial.valueAt(line.reached()) != null)
              .toList();
      long better = rung.stream().filter(trial -> isBetter(trial, line)).count();
      boolean goesOn = better < Math.max(1, rung.size() / eta);
      assertEquals(
          goesOn ? Trial.State.RUNNING : Trial.State.PRUNED,
          line.state(),
          "trial %s, %s better of %s".formatted(line.number(), better, rung.size()));
      ended += goesOn ? 0 : 1;
    }
    assertTrue(ended > 2, "some are ended: " + ended);
  }

  /** Of equals, the one that was begun first. */
  private boolean isBetter(Trial trial, Trial line) {
    int rung = line.reached();
    int order = goal.bestFirst().compare(trial.valueAt(rung), line.valueAt(rung));
    return order < 0 || order == 0 && trial.number() < line.number();
  }

  private List<Trial> peers(Map<Integer, Trial> now, Trial line) {
    return now.values().stream().filter(trial -> bracket(trial) == bracket(line)).toList();
  }

  private int bracket(Trial trial) {
    return bracket.applyAsInt(trial.number());
  }
}
