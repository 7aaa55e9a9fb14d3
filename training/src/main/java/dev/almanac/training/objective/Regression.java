package dev.almanac.training.objective;

import dev.almanac.training.graph.Distance;
import dev.almanac.training.graph.Loss;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.metric.RegressionMetrics;

/**
 * A number, standardized: the model puts out {@code (y - mean) / deviation}.
 *
 * @param loss of the distance between output and standardized label
 */
public record Regression(Loss.Number loss) implements Objective {
  /**
   * Of a label with this mean and deviation over train; a deviation of 0 (every label the same)
   * counts as 1.
   */
  public static Regression of(Distance distance, double mean, double deviation) {
    return new Regression(new Loss.Number(distance, mean, deviation > 0 ? deviation : 1));
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public double loss(float[] outputs, float[] labels, int rows) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += loss.distance().of(outputs[row] - (labels[row] - loss.mean()) / loss.deviation());
    }
    return sum;
  }

  @Override
  public void predict(float[] outputs, int rows, double[] predictions) {
    for (int row = 0; row < rows; row++) {
      predictions[row] = loss.mean() + loss.deviation() * outputs[row];
    }
  }

  @Override
  public Metrics metrics() {
    return new RegressionMetrics();
  }
}
