package dev.almanac.training.search;

import dev.almanac.training.search.prune.Pruner;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a study knows by its journal so far: its trials, which segments are open and the time on a
 * clock by which an epoch, or a row group, takes 1. A pure function of the journal's lines. Not
 * thread-safe.
 */
final class Ledger {
  private final Pruner pruner;
  private final Epochs epochs;
  private final Goal goal;
  private final TreeMap<Integer, Trial> trials = new TreeMap<>();
  private final Map<Integer, Segment> open = new TreeMap<>();
  private long now;
  private int starts;
  private Double best;
  private int sinceBest;
  private final Set<Integer> counted = new HashSet<>();

  Ledger(Pruner pruner, Epochs epochs, Goal goal) {
    this.pruner = pruner;
    this.epochs = epochs;
    this.goal = goal;
  }

  /** Hears the journal's next line. */
  void add(Trial trial) {
    trials.put(trial.number(), trial);
    Segment segment = open.get(trial.number());
    boolean isRunning = trial.state() == Trial.State.RUNNING;
    if (isRunning && segment != null && segment.trial().reached() == trial.reached()) {
      open.put(trial.number(), segment.of(trial));
      return;
    }
    if (segment != null) {
      open.remove(trial.number());
      now = Math.max(now, segment.end());
    }
    if (isRunning) {
      open.put(trial.number(), segment(trial));
    } else {
      count(trial);
    }
  }

  private Segment segment(Trial trial) {
    int most = epochs.of(trial.assignment());
    int asked = pruner.until(trial);
    int until = asked >= most ? Objective.TO_ITS_END : asked;
    int planned = planned(trial);
    return new Segment(trial, until, planned, now + planned, starts++);
  }

  /** How much of the resource a trial's next segment has at most. */
  int planned(Trial trial) {
    int until = Math.min(pruner.until(trial), epochs.of(trial.assignment()));
    return Math.max(1, until - trial.reached());
  }

  /** How many trials have waited or ended for the first time since the best one did. */
  private void count(Trial trial) {
    boolean isBetter =
        trial.state() == Trial.State.FINISHED
            && (best == null || goal.bestFirst().compare(trial.value(), best) < 0);
    boolean isNew = counted.add(trial.number());
    if (isBetter) {
      best = trial.value();
      sinceBest = 0;
    } else if (best != null && isNew) {
      sinceBest++;
    }
  }

  /** All trials by number. */
  List<Trial> trials() {
    return List.copyOf(trials.values());
  }

  Collection<Segment> open() {
    return Collections.unmodifiableCollection(open.values());
  }

  /** Open segments, those that end first by the clock first; of equals, those begun first. */
  List<Segment> byEnd() {
    return open.values().stream()
        .sorted(Comparator.comparingLong(Segment::end).thenComparingInt(Segment::start))
        .toList();
  }

  /** The number that the next new trial gets. */
  int next() {
    return trials.isEmpty() ? 0 : trials.lastKey() + 1;
  }

  /** Of finished trials; null before the first. */
  Double best() {
    return best;
  }

  int sinceBest() {
    return sinceBest;
  }

  /** Trials that this study trains or has trained. */
  long own() {
    return trials.values().stream().filter(Ledger::isOwn).count();
  }

  /** What its trials have trained, and what open segments still may, in the resource. */
  long committed() {
    return trials.values().stream().filter(Ledger::isOwn).mapToLong(Trial::reached).sum()
        + open.values().stream().mapToLong(Segment::planned).sum();
  }

  /** Trials that wait because the study was over, not at a rung. */
  Optional<Trial> interrupted() {
    return trials.values().stream()
        .filter(trial -> trial.state() == Trial.State.PAUSED && trial.reason() != null)
        .findFirst();
  }

  /** The paused trial that has come farthest; of equals, the best. */
  Optional<Trial> farthest() {
    return trials.values().stream()
        .filter(trial -> trial.state() == Trial.State.PAUSED && trial.value() != null)
        .min(
            Comparator.comparingInt(Trial::reached)
                .reversed()
                .thenComparing(Trial::value, goal.bestFirst())
                .thenComparingInt(Trial::number));
  }

  private static boolean isOwn(Trial trial) {
    return !trial.isTakenOver();
  }
}
