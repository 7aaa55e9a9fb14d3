package dev.almanac.training.search.sample;

import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Past trials as TPE parts them: the best tenth, at most 25, and the others; each by number.
 *
 * <p>Trials that were measured at a rung alone come after all that finished. Those that were not
 * measured yet count among the others, so that the next one goes elsewhere; those that failed are
 * left out.
 *
 * @param measured how many of them have a value
 * @param underWay whether some have none yet
 */
record Split(List<Trial> good, List<Trial> others, int measured, boolean underWay) {
  private static final int MOST = 25;

  static Split of(List<Trial> past, Goal goal) {
    List<Trial> ranked = new ArrayList<>(Ranking.of(past, goal));
    int measured = ranked.size();
    int good = good(measured);
    List<Trial> others = new ArrayList<>(ranked.subList(good, measured));
    past.stream().filter(Split::isUnderWay).forEach(others::add);
    return new Split(
        byNumber(ranked.subList(0, good)),
        byNumber(others),
        measured,
        others.size() > measured - good);
  }

  /** How many of so many trials are good. */
  static int good(int measured) {
    return Math.min((measured + 9) / 10, MOST);
  }

  /**
   * How much each of so many trials counts, the oldest first: the last 25 fully, those before them
   * the less the older they are.
   */
  static double[] weights(int trials) {
    double[] weights = new double[trials];
    int ramp = Math.max(0, trials - MOST);
    for (int i = 0; i < trials; i++) {
      double least = 1.0 / trials;
      weights[i] = i >= ramp ? 1 : ramp == 1 ? least : least + (1 - least) * i / (ramp - 1);
    }
    return weights;
  }

  private static boolean isUnderWay(Trial trial) {
    return !trial.hasEnded() && !Ranking.hasValue(trial);
  }

  private static List<Trial> byNumber(List<Trial> trials) {
    return trials.stream().sorted(Comparator.comparingInt(Trial::number)).toList();
  }
}
