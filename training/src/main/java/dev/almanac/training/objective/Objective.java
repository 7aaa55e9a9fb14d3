package dev.almanac.training.objective;

import dev.almanac.training.graph.Loss;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.transforms.manifest.DatasetColumns;

/**
 * What a task makes of a model's outputs: the loss that training lowers, and predictions.
 *
 * <p>Stateless and thread-safe.
 */
public sealed interface Objective permits Regression, Binary, Multiclass {
  /** Numbers a row that the model puts out. */
  int outputs();

  /** Numbers a row of a prediction. */
  int width();

  /** The loss, as a model's script has it. */
  Loss loss();

  /**
   * The sum of the same loss over rows, in double; labels are as the dataset stores them. A row of
   * a class that the model does not know has none.
   */
  double loss(float[] outputs, float[] labels, int rows);

  /** Rows that have a loss. */
  default int known(float[] labels, int rows) {
    return rows;
  }

  /**
   * Turns outputs into predictions, row by row: a number in the label's unit, the probability of
   * the second of two classes, or a probability a class.
   */
  void predict(float[] outputs, int rows, double[] predictions);

  /** Counts how good predictions are. */
  Metrics metrics();

  /**
   * The objective of a task for a label.
   *
   * @param classRows train rows of each class; may be null unless the loss counts them
   * @throws TrainingException when the label does not suit the task, or the loss not the label
   */
  static Objective of(Task task, LossChoice loss, DatasetColumns.Label label, long[] classRows) {
    task.require(label);
    if (loss.isOfClasses() != task.isClassification()) {
      throw new TrainingException(
          "Cannot train for %s with loss '%s': its losses are %s"
              .formatted(task.text(), loss.name(), String.join(", ", LossChoice.of(task).names())));
    }
    return loss.objective(label, classRows);
  }
}
