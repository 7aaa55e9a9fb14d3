package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;
import dev.almanac.training.metric.BinaryMetrics;
import dev.almanac.training.metric.Metrics;

/** Cross-entropy of two classes; the model puts out the logit of the second one. */
record Binary() implements Objective {
  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public int width() {
    return 1;
  }

  /** {@code ln(1 + e^x) - x y}; its gradient is {@code sigmoid(x) - y} everywhere, also at 0. */
  @Override
  public NDArray loss(NDArray outputs, NDArray labels) {
    NDArray logits = outputs.reshape(-1);
    return logits.getNDArrayInternal().softPlus().sub(logits.mul(labels)).mean();
  }

  @Override
  public double loss(float[] outputs, float[] labels, int rows) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double logit = outputs[row];
      sum += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - logit * labels[row];
    }
    return sum;
  }

  @Override
  public void predict(float[] outputs, int rows, double[] predictions) {
    for (int row = 0; row < rows; row++) {
      predictions[row] = 1 / (1 + Math.exp(-outputs[row]));
    }
  }

  @Override
  public Metrics metrics() {
    return new BinaryMetrics();
  }
}
