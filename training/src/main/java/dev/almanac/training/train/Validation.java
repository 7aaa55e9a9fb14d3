package dev.almanac.training.train;

import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.torch.ForwardPass;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.Function;

/** Measures weights on the validation rows, epoch after epoch, with one model that stays loaded. */
final class Validation implements AutoCloseable {
  private final Objective objective;
  private final Function<float[], ForwardPass> model;
  private ForwardPass forward;

  /**
   * @param model makes a model of its first weights
   */
  Validation(Objective objective, Function<float[], ForwardPass> model) {
    this.objective = objective;
    this.model = model;
  }

  /** How good weights are; nothing is known of them without rows. */
  record Score(Double loss, Map<String, Double> metrics) {
    static final Score NONE = new Score(null, Map.of());

    boolean isFinite() {
      return loss == null || Double.isFinite(loss);
    }
  }

  /**
   * The mean loss of all rows and their metrics; {@link Score#NONE} where no row has a loss.
   *
   * @param rows null when there are none
   */
  Score score(float[] weights, BatchSource rows) throws IOException {
    if (rows == null) {
      return Score.NONE;
    }
    if (forward == null) {
      forward = model.apply(weights);
    } else {
      forward.weights(weights);
    }
    Metrics metrics = objective.metrics();
    double loss = 0;
    long count = 0;
    try (BatchSource.Pass pass = rows.pass(0, 0)) {
      for (BatchSource.Rows next = pass.next(); next != null; next = pass.next()) {
        try (BatchSource.Rows open = next) {
          float[] labels = new float[open.count()];
          open.labels().duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(labels);
          float[] outputs = forward.outputs(open.numeric(), open.categories(), open.count());
          double[] predictions = new double[open.count() * objective.width()];
          objective.predict(outputs, open.count(), predictions);
          metrics.add(predictions, labels, open.count());
          loss += objective.loss(outputs, labels, open.count());
          count += objective.known(labels, open.count());
        }
      }
    }
    return count == 0 ? Score.NONE : new Score(loss / count, metrics.values());
  }

  @Override
  public void close() {
    if (forward != null) {
      forward.close();
    }
  }
}
