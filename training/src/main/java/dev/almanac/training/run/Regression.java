package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.metric.RegressionMetrics;

/**
 * The squared error of the label, standardized: the model puts out {@code (y - mean) / deviation}.
 *
 * @param mean of the label over train
 * @param deviation of the label over train; 0 (every label the same) counts as 1
 */
record Regression(double mean, double deviation) implements Objective {
  Regression {
    deviation = deviation > 0 ? deviation : 1;
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
  public NDArray loss(NDArray outputs, NDArray labels) {
    NDArray wanted = labels.sub((float) mean).muli((float) (1 / deviation));
    return outputs.reshape(-1).sub(wanted).square().mean();
  }

  @Override
  public double loss(float[] outputs, float[] labels, int rows) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double error = outputs[row] - (labels[row] - mean) / deviation;
      sum += error * error;
    }
    return sum;
  }

  @Override
  public void predict(float[] outputs, int rows, double[] predictions) {
    for (int row = 0; row < rows; row++) {
      predictions[row] = mean + deviation * outputs[row];
    }
  }

  @Override
  public Metrics metrics() {
    return new RegressionMetrics();
  }
}
