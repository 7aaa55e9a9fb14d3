package dev.almanac.training.objective;

import dev.almanac.training.graph.Loss;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.metric.MulticlassMetrics;

/** Cross-entropy after softmax; the model puts out a logit a class. */
record Multiclass(int classes, float[] classWeights) implements Objective {
  @Override
  public int outputs() {
    return classes;
  }

  @Override
  public int width() {
    return classes;
  }

  @Override
  public Loss loss() {
    return new Loss.ManyClasses(classWeights);
  }

  @Override
  public double loss(float[] outputs, float[] labels, int rows) {
    double[] probabilities = new double[rows * classes];
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double logSum = logSum(outputs, row * classes, probabilities);
      if (labels[row] < 0) {
        continue;
      }
      double cost = logSum - outputs[row * classes + (int) labels[row]];
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
      logSum(outputs, row * classes, predictions);
    }
  }

  /** Fills in one row's probabilities and returns the logarithm of the sum of its exponentials. */
  private double logSum(float[] outputs, int first, double[] probabilities) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      highest = Math.max(highest, outputs[first + i]);
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      probabilities[first + i] = Math.exp(outputs[first + i] - highest);
      sum += probabilities[first + i];
    }
    for (int i = 0; i < classes; i++) {
      probabilities[first + i] /= sum;
    }
    return highest + Math.log(sum);
  }

  @Override
  public Metrics metrics() {
    return new MulticlassMetrics(classes);
  }
}
