package dev.almanac.training.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of {@code metrics.jsonl}: how an epoch went.
 *
 * @param epoch from 1
 * @param learningRate of its last step
 * @param trainLoss mean over its rows, each at the step that used it; the unit is the objective's
 *     (squared standard deviations of the label, or nats)
 * @param validationLoss of the weights at its end, in the same unit; null without validation rows
 * @param validation metrics of the same weights, in the label's own unit
 * @param best whether every epoch before had a higher validation loss; always without validation
 *     rows
 * @param speed of the whole epoch
 */
public record EpochRecord(
    int epoch,
    long steps,
    double learningRate,
    double trainLoss,
    Double validationLoss,
    Map<String, Double> validation,
    boolean best,
    Speed speed) {
  public EpochRecord {
    validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
  }
}
