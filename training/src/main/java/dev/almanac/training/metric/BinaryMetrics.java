package dev.almanac.training.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Accuracy (the second class is predicted from a probability of 0.5 on), area under the ROC curve
 * (undefined when all rows are of one class) and log loss (probabilities below 1e-15 count as
 * 1e-15). A row of neither class, whose label is below 0, counts as wrong in accuracy; area and
 * loss leave it out, since it has no probability.
 */
public final class BinaryMetrics implements Metrics {
  private final AreaUnderCurve curve = new AreaUnderCurve();
  private final LogLoss logLoss = new LogLoss();
  private long rows;
  private long right;

  @Override
  public void add(double[] predictions, float[] labels, int count) {
    for (int row = 0; row < count; row++) {
      if (labels[row] < 0) {
        continue;
      }
      double probability = predictions[row];
      boolean second = labels[row] == 1f;
      curve.add(probability, second);
      logLoss.add(second ? probability : 1 - probability);
      if (second == (probability >= 0.5)) {
        right++;
      }
    }
    rows += count;
  }

  @Override
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    if (rows > 0) {
      values.put("accuracy", (double) right / rows);
      curve.value().ifPresent(area -> values.put("auc", area));
      logLoss.value().ifPresent(loss -> values.put("log-loss", loss));
    }
    return values;
  }
}
