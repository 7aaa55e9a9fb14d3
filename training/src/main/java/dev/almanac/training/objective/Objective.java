package dev.almanac.training.objective;

import dev.almanac.training.config.Task;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.config.TrainingException;
import dev.almanac.training.graph.Loss;
import dev.almanac.training.metric.Metrics;
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
   * @param classRows train rows of each class, for balanced weights; may be null when the loss asks
   *     for none
   * @throws TrainingException when the label does not suit the task, or the loss not the label
   */
  static Objective of(
      Task task, TrainConfig.LossConfig loss, DatasetColumns.Label label, long[] classRows) {
    int classes = label.isClasses() ? label.classes().size() : 0;
    boolean suits =
        switch (task) {
          case REGRESSION -> !label.isClasses();
          case BINARY -> classes == 2;
          case MULTICLASS -> classes >= 3;
        };
    if (!suits) {
      throw new TrainingException(
          "Cannot train for %s on label '%s': %s (%s)"
              .formatted(
                  task.text(),
                  label.column(),
                  task == Task.REGRESSION
                      ? "it must be a number"
                      : task == Task.BINARY
                          ? "it must have two classes"
                          : "it must have three classes or more",
                  label.isClasses()
                      ? "it has " + classes + " in the train split"
                      : "it is a number"));
    }
    return switch (task) {
      case REGRESSION -> Regression.of(loss, label.mean(), label.standardDeviation());
      case BINARY -> new Binary(ClassWeights.of(loss, label, classRows));
      case MULTICLASS -> new Multiclass(classes, ClassWeights.of(loss, label, classRows));
    };
  }
}
