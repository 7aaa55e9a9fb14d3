package dev.almanac.training.objective;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.config.TrainingException;
import dev.almanac.training.graph.Loss;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.metric.RegressionMetrics;

/**
 * A number, standardized: the model puts out {@code (y - mean) / deviation}.
 *
 * @param loss of the distance between output and standardized label
 */
public record Regression(Loss.Number loss) implements Objective {
  /**
   * Of a label with this mean and deviation over train; a deviation of 0 (every label the same)
   * counts as 1.
   */
  public static Regression of(TrainConfig.LossConfig config, double mean, double deviation) {
    double unit = deviation > 0 ? deviation : 1;
    return new Regression(
        switch (config.name()) {
          case "squared" -> new Loss.Number(Loss.Number.Kind.SQUARED, mean, unit, 0);
          case "absolute" -> new Loss.Number(Loss.Number.Kind.ABSOLUTE, mean, unit, 0);
          case "huber" -> new Loss.Number(Loss.Number.Kind.HUBER, mean, unit, config.delta());
          case "quantile" ->
              new Loss.Number(Loss.Number.Kind.QUANTILE, mean, unit, config.quantile());
          default ->
              throw new TrainingException(
                  "Cannot train a number with loss '%s': its losses are squared, absolute, huber, quantile"
                      .formatted(config.name()));
        });
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
  public double loss(float[] outputs, float[] labels, int rows) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += loss(outputs[row] - (labels[row] - loss.mean()) / loss.deviation());
    }
    return sum;
  }

  private double loss(double distance) {
    double size = Math.abs(distance);
    double parameter = loss.parameter();
    return switch (loss.kind()) {
      case SQUARED -> distance * distance;
      case ABSOLUTE -> size;
      case HUBER ->
          size <= parameter ? distance * distance / 2 : parameter * (size - parameter / 2);
      case QUANTILE -> distance > 0 ? (1 - parameter) * distance : -parameter * distance;
    };
  }

  @Override
  public void predict(float[] outputs, int rows, double[] predictions) {
    for (int row = 0; row < rows; row++) {
      predictions[row] = loss.mean() + loss.deviation() * outputs[row];
    }
  }

  @Override
  public Metrics metrics() {
    return new RegressionMetrics();
  }
}
