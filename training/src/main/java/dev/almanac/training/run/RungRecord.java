package dev.almanac.training.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of {@code rungs.jsonl}: how good a training was within an epoch, where a search looked
 * at it. That it was measured changes nothing of what it comes to.
 *
 * @param epoch that was under way, from 1
 * @param rowGroups of that epoch, the first in its order, as many rows as which had been trained on
 * @param steps batches of that epoch, the last of which holds the last of those rows
 * @param validationLoss of the weights then; null without validation rows
 * @param validation metrics of the same weights, in the label's own unit
 */
public record RungRecord(
    int epoch, int rowGroups, long steps, Double validationLoss, Map<String, Double> validation) {
  public RungRecord {
    validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
  }

  /**
   * Metrics of the weights that would be kept if the epoch ended here.
   *
   * @param best the record of the epoch that is kept; null before the first has ended
   */
  public Map<String, Double> kept(EpochRecord best) {
    boolean isBetter =
        best == null
            || validationLoss == null
            || best.validationLoss() != null && validationLoss < best.validationLoss();
    return isBetter ? validation : best.validation();
  }

  boolean isAt(RungRecord other) {
    return epoch == other.epoch && rowGroups == other.rowGroups;
  }
}
