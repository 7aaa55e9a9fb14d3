package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.metric.MulticlassMetrics;

/** Cross-entropy after softmax; the model puts out a logit a class. */
record Multiclass(int classes) implements Objective {
  @Override
  public int outputs() {
    return classes;
  }

  @Override
  public int width() {
    return classes;
  }

  @Override
  public NDArray loss(NDArray outputs, NDArray labels) {
    NDArray indices = labels.toType(DataType.INT64, false).reshape(-1, 1);
    return outputs.logSoftmax(1).gather(indices, 1).mean().neg();
  }

  @Override
  public double loss(float[] outputs, float[] labels, int rows) {
    double[] probabilities = new double[rows * classes];
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double logSum = logSum(outputs, row * classes, probabilities);
      sum += logSum - outputs[row * classes + (int) labels[row]];
    }
    return sum;
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
