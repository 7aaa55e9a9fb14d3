package dev.almanac.training.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Mean absolute error, root mean squared error, and R squared: {@code 1 - sum (y - p)^2 / sum (y -
 * mean(y))^2} over the same rows, undefined when all labels are equal.
 */
public final class RegressionMetrics implements Metrics {
  private long rows;
  private double absolute;
  private double squared;
  // Welford's mean and sum of squared distances from it.
  private double mean;
  private double spread;

  @Override
  public void add(double[] predictions, float[] labels, int count) {
    for (int row = 0; row < count; row++) {
      double label = labels[row];
      double error = predictions[row] - label;
      absolute += Math.abs(error);
      squared += error * error;
      rows++;
      double distance = label - mean;
      mean += distance / rows;
      spread += distance * (label - mean);
    }
  }

  @Override
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    if (rows > 0) {
      values.put("mae", absolute / rows);
      values.put("rmse", Math.sqrt(squared / rows));
      if (spread > 0) {
        values.put("r2", 1 - squared / spread);
      }
    }
    return values;
  }
}
