package dev.almanac.training.objective;

import dev.almanac.training.problem.TrainingException;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.Arrays;
import java.util.List;

/** How much a row of each class weighs in the loss. */
final class ClassWeights {
  private ClassWeights() {}

  /**
   * The weights by class; empty when all weigh 1.
   *
   * <p>Balanced weights are {@code rows / (classes * rows of the class)}: over the train split
   * their mean is 1.
   *
   * @throws TrainingException naming a class that the label does not have
   */
  static float[] of(ClassLoss loss, DatasetColumns.Label label, long[] classRows) {
    List<String> classes = label.classes();
    for (String named : loss.classWeights().keySet()) {
      if (!classes.contains(named)) {
        throw new TrainingException(
            "Cannot weigh class '%s' of label '%s': its classes are %s"
                .formatted(named, label.column(), String.join(", ", classes)));
      }
    }
    if (!loss.balanced() && loss.classWeights().isEmpty()) {
      return new float[0];
    }
    float[] weights = new float[classes.size()];
    Arrays.fill(weights, 1);
    if (loss.balanced() && classRows != null) {
      double rows = Arrays.stream(classRows).sum();
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (rows / (weights.length * (double) Math.max(1, classRows[i])));
      }
    }
    loss.classWeights()
        .forEach((name, weight) -> weights[classes.indexOf(name)] *= weight.floatValue());
    return weights;
  }

  /** Rows of a class that the model knows: the others have a label below 0. */
  static int known(float[] labels, int rows) {
    int known = 0;
    for (int row = 0; row < rows; row++) {
      known += labels[row] < 0 ? 0 : 1;
    }
    return known;
  }

  /** The weight of a row of a class. */
  static double weight(float[] weights, float label) {
    return weights.length == 0 ? 1 : weights[(int) label];
  }
}
