package dev.almanac.training.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Accuracy (the first of the most probable classes is predicted), area under the ROC curve (each
 * class against the rest, averaged over the classes for which it is defined) and log loss
 * (probabilities below 1e-15 count as 1e-15). A row of no class, whose label is below 0, counts as
 * wrong in accuracy; area and loss leave it out, since it has no probability.
 *
 * <p>The area needs 8 bytes for each row and class. Beyond {@value #MOST_SCORES} of them it is not
 * computed.
 */
public final class MulticlassMetrics implements Metrics {
  /** Half a gibibyte of scores. */
  static final long MOST_SCORES = 64L << 20;

  private final int classes;
  private final LogLoss logLoss = new LogLoss();
  private AreaUnderCurve[] curves;
  private long rows;
  private long right;

  public MulticlassMetrics(int classes) {
    this.classes = classes;
    this.curves = new AreaUnderCurve[classes];
    for (int i = 0; i < classes; i++) {
      curves[i] = new AreaUnderCurve();
    }
  }

  /** The first of the largest of {@code length} numbers from {@code from} on. */
  public static int largest(double[] values, int from, int length) {
    int largest = 0;
    for (int i = 1; i < length; i++) {
      if (values[from + i] > values[from + largest]) {
        largest = i;
      }
    }
    return largest;
  }

  @Override
  public void add(double[] predictions, float[] labels, int count) {
    rows += count;
    if (rows * classes > MOST_SCORES) {
      curves = null;
    }
    for (int row = 0; row < count; row++) {
      if (labels[row] < 0) {
        continue;
      }
      int label = (int) labels[row];
      int first = row * classes;
      logLoss.add(predictions[first + label]);
      if (largest(predictions, first, classes) == label) {
        right++;
      }
      for (int i = 0; curves != null && i < classes; i++) {
        curves[i].add(predictions[first + i], i == label);
      }
    }
  }

  @Override
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    if (rows > 0) {
      values.put("accuracy", (double) right / rows);
      area().ifPresent(area -> values.put("auc", area));
      logLoss.value().ifPresent(loss -> values.put("log-loss", loss));
    }
    return values;
  }

  private OptionalDouble area() {
    double sum = 0;
    int defined = 0;
    for (int i = 0; curves != null && i < classes; i++) {
      OptionalDouble area = curves[i].value();
      if (area.isPresent()) {
        sum += area.getAsDouble();
        defined++;
      }
    }
    return defined == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / defined);
  }
}
