package dev.almanac.training.search.importance;

import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What trials came to, or would have: to the value of one that was pruned the median of what
 * finished trials still gained behind its last epoch is added, or nothing where fewer than three
 * tell.
 *
 * @param trials all of a study
 */
record Whole(List<Trial> trials) {
  private static final int FEWEST = 3;

  double[] values(List<Trial> valued) {
    Map<Integer, Double> gains = new HashMap<>();
    return valued.stream()
        .mapToDouble(
            trial ->
                trial.state() == Trial.State.PRUNED && !trial.reports().isEmpty()
                    ? trial.value() + gains.computeIfAbsent(last(trial), this::gain)
                    : trial.value())
        .toArray();
  }

  private static int last(Trial trial) {
    List<Report> reports = trial.reports();
    return reports.get(reports.size() - 1).at();
  }

  private double gain(int epoch) {
    double[] gains =
        trials.stream()
            .filter(trial -> trial.state() == Trial.State.FINISHED)
            .filter(trial -> !trial.reports().isEmpty() && last(trial) > epoch)
            .filter(trial -> trial.valueAt(epoch) != null)
            .mapToDouble(trial -> trial.value() - trial.valueAt(epoch))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return gains.length < FEWEST ? 0 : gains[gains.length / 2];
  }
}
