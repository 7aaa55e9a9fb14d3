package dev.almanac.training.evaluate;

import dev.almanac.training.objective.Task;
import dev.almanac.transforms.column.ColumnBatch;

/**
 * Predicts the same for every row: the mean of the train labels, or the share of each class among
 * them, whose largest is the majority class.
 */
final class PriorBaseline implements Baseline {
  private final Task task;
  private final double[] prediction;

  private PriorBaseline(Task task, double[] prediction) {
    this.task = task;
    this.prediction = prediction;
  }

  /** Sums up labels, a batch at a time. */
  static final class Fit {
    private final Task task;
    private final double[] sums;
    private long rows;

    Fit(Task task, int classes) {
      this.task = task;
      this.sums = new double[Math.max(1, classes)];
    }

    void add(float[] labels) {
      for (float label : labels) {
        if (task == Task.REGRESSION) {
          sums[0] += label;
        } else {
          sums[(int) label]++;
        }
      }
      rows += labels.length;
    }

    PriorBaseline fitted() {
      double[] shares = new double[sums.length];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = sums[i] / rows;
      }
      return new PriorBaseline(task, task == Task.BINARY ? new double[] {shares[1]} : shares);
    }
  }

  @Override
  public String name() {
    return task == Task.REGRESSION ? "training-mean" : "majority-class";
  }

  @Override
  public String description() {
    return task == Task.REGRESSION
        ? "the mean of the train split's label"
        : "the most frequent class of the train split; its classes' shares as probabilities";
  }

  @Override
  public double[] predict(ColumnBatch encoded) {
    double[] predictions = new double[encoded.rows() * prediction.length];
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = prediction[i % prediction.length];
    }
    return predictions;
  }
}
