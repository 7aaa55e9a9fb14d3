package dev.almanac.training.objective;

import dev.almanac.training.graph.Loss;
import dev.almanac.training.metric.BinaryMetrics;
import dev.almanac.training.metric.Metrics;

/** Cross-entropy of two classes; the model puts out the logit of the second one. */
record Binary(float[] classWeights) implements Objective {
  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public Loss loss() {
    return new Loss.TwoClasses(classWeights);
  }

  @Override
  public double loss(float[] outputs, float[] labels, int rows) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      if (labels[row] < 0) {
        continue;
      }
      double logit = outputs[row];
      double cost =
          Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - logit * labels[row];
      sum += cost * ClassWeights.weight(classWeights, labels[row]);
    }
    return sum;
  }

  @Override
  public int known(float[] labels, int rows) {
    return ClassWeights.known(labels, rows);
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
