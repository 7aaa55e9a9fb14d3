package dev.almanac.training.run;

import dev.almanac.training.data.shuffle.ShuffleQuality;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param result null until it has finished, and of an ensemble
 * @param metrics of the model kept, by split ({@code validation}, {@code test}), in the label's
 *     unit; of a run that has paused or ended for good without a model, those of its best epoch
 * @param baselines by split and name
 */
public record RunOutcome(
    Result result,
    Map<String, Map<String, Double>> metrics,
    Map<String, Map<String, Baseline>> baselines) {
  static final RunOutcome NONE = new RunOutcome(null, Map.of(), Map.of());

  public RunOutcome {
    metrics = RunRecord.ordered(metrics);
    baselines = RunRecord.ordered(baselines);
  }

  /**
   * How training ended.
   *
   * @param epochs passes made
   * @param bestEpoch the pass whose weights were kept, from 1
   * @param stoppedEarly whether patience ended it before all passes were made
   * @param trainLoss of the best epoch
   * @param validationLoss likewise; null without validation rows
   * @param speed from the first step to the last validation
   * @param waitShare the share of training in which training waited for rows to be read
   * @param shuffle how well the rows of the first epoch were mixed; may be null
   */
  public record Result(
      int epochs,
      int bestEpoch,
      boolean stoppedEarly,
      double trainLoss,
      Double validationLoss,
      Speed speed,
      double waitShare,
      ShuffleQuality shuffle) {
    public Result mixed(ShuffleQuality measured) {
      return new Result(
          epochs, bestEpoch, stoppedEarly, trainLoss, validationLoss, speed, waitShare, measured);
    }
  }

  /** How good a simple model is on the same rows, and what it is. */
  public record Baseline(String description, Map<String, Double> metrics) {
    public Baseline {
      metrics = RunRecord.ordered(metrics);
    }
  }

  RunOutcome withoutResult() {
    return new RunOutcome(null, metrics, baselines);
  }

  /**
   * The same after training.
   *
   * @param how null when there is no model
   * @param validation of its best epoch; empty when there was none
   */
  RunOutcome trained(Result how, Map<String, Double> validation) {
    return new RunOutcome(
        how, validation.isEmpty() ? metrics : with(metrics, "validation", validation), baselines);
  }

  RunOutcome evaluated(String split, Map<String, Double> values, Map<String, Baseline> compared) {
    return new RunOutcome(result, with(metrics, split, values), with(baselines, split, compared));
  }

  private static <V> Map<String, Map<String, V>> with(
      Map<String, Map<String, V>> all, String split, Map<String, V> values) {
    Map<String, Map<String, V>> more = new LinkedHashMap<>(all);
    more.put(split, RunRecord.ordered(values));
    return more;
  }
}
