package dev.almanac.training.run;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.transforms.artifact.DatasetColumns;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes over the train rows until the planned epochs are over or patience is; keeps the weights of
 * the epoch with the lowest validation loss, or without validation rows, those of the last one.
 *
 * <p>On the processor, equal configs, rows, threads and machines give equal weights to the bit. A
 * JVM trains one model at a time, since PyTorch's gradients and random numbers are the process's: a
 * second loop waits.
 */
final class TrainingLoop {
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private final TrainConfig config;
  private final DatasetColumns columns;
  private final Objective objective;
  private final Schedule schedule;
  private final ModelSettings settings;
  private final Compute compute;

  /**
   * What training gave.
   *
   * @param validation metrics of the model, empty without validation rows
   */
  record Outcome(TrainedModel model, RunRecord.Result result, Map<String, Double> validation) {}

  TrainingLoop(TrainConfig config, DatasetColumns columns, Compute compute) {
    this.config = config;
    this.columns = columns;
    this.objective = Objective.of(config.task(), columns.label());
    this.schedule = Schedule.of(config.optimizer().schedule());
    this.settings = settings(config.model());
    this.compute = compute;
  }

  private static ModelSettings settings(TrainConfig.ModelConfig model) {
    ObjectNode section = Json.mapper().createObjectNode();
    if (model.settings() instanceof ObjectNode given) {
      section.setAll(given);
    }
    section.put("family", model.family());
    List<String> problems = new ArrayList<>();
    ModelSettings settings = ModelFamilies.readSettings(section, problems::add);
    if (!problems.isEmpty()) {
      throw new TrainingException(
          "Cannot train model '%s': %s".formatted(model.family(), String.join("; ", problems)));
    }
    return settings;
  }

  ModelShape shape() {
    return new ModelShape(columns.numeric().size(), columns.nominal(), objective.outputs());
  }

  /** How many weights the model has. */
  long parameters() {
    return ModelFamilies.of(settings.family()).build(shape(), settings, config.seed()).weights();
  }

  /**
   * Trains.
   *
   * @param validation null when there are no validation rows
   * @throws TrainingException when the loss is not a number
   */
  Outcome run(BatchSource train, BatchSource validation, Journal journal) throws IOException {
    ONE_AT_A_TIME.lock();
    try (NDManager manager = compute.manager()) {
      compute.seed(config.seed());
      var block = ModelFamilies.of(settings.family()).build(shape(), settings, config.seed());
      try (TrainingStep step = new TrainingStep(manager, block, objective, config.optimizer())) {
        return epochs(step, train, validation, manager, journal);
      }
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private Outcome epochs(
      TrainingStep step,
      BatchSource train,
      BatchSource validation,
      NDManager manager,
      Journal journal)
      throws IOException {
    EarlyStopping stopping = new EarlyStopping(config.patience());
    TrainingClock clock = new TrainingClock(config.epochs(), train.steps());
    EpochRecord best = null;
    int epoch = 0;
    while (epoch < config.epochs() && !stopping.stops()) {
      epoch++;
      clock.begin(epoch);
      double trainLoss = pass(step, train, epoch, clock, journal);
      TrainedModel model = new TrainedModel(settings, shape(), step.weights().settled());
      Score score = validation == null ? Score.NONE : score(model, validation, manager);
      if (!isFinite(model.weights()) || !score.isFinite()) {
        throw broken(epoch, train.steps(), "the weights grew past what float32 holds");
      }
      boolean kept = keep(stopping, epoch, score, model.weights());
      if (!schedule.isCalm(epoch * train.steps() - 1, config.epochs() * train.steps())) {
        stopping.forgive();
      }
      EpochRecord record =
          clock.record(rate(epoch * train.steps() - 1, train), trainLoss, score, kept);
      best = kept ? record : best;
      journal.epoch(record);
    }
    if (stopping.stops() && epoch < config.epochs()) {
      journal.note(
          "stopped after epoch %d: no lower validation loss in %d epochs; kept epoch %d"
              .formatted(epoch, config.patience(), stopping.epoch()));
    }
    return new Outcome(
        new TrainedModel(settings, shape(), stopping.weights()),
        clock.result(epoch, best),
        best.validation());
  }

  private static boolean keep(EarlyStopping stopping, int epoch, Score score, float[] weights) {
    if (score == Score.NONE) {
      stopping.keep(epoch, weights);
      return true;
    }
    return stopping.hear(epoch, score.loss(), weights);
  }

  private double pass(
      TrainingStep step, BatchSource train, int epoch, TrainingClock clock, Journal journal)
      throws IOException {
    long done = 0;
    try (LossMeter meter = new LossMeter(compute);
        BatchSource.Pass pass = train.pass(epoch - 1)) {
      for (BatchSource.Rows rows = pass.next(); rows != null; rows = pass.next()) {
        try (BatchSource.Rows open = rows) {
          long before = (epoch - 1) * train.steps() + done;
          done++;
          if (!step.step(open, rate(before, train), meter)) {
            throw broken(epoch, done, cause(open));
          }
          clock.step(done, open.count(), meter).ifPresent(journal::step);
        }
      }
      if (!meter.settle()) {
        throw broken(epoch, done, "a loss near the end of the epoch was not a number");
      }
      return meter.mean();
    }
  }

  private double rate(long step, BatchSource train) {
    return config.optimizer().learningRate()
        * Schedule.of(config.optimizer().schedule()).share(step, config.epochs() * train.steps());
  }

  private Score score(TrainedModel model, BatchSource rows, NDManager manager) throws IOException {
    Metrics metrics = objective.metrics();
    double loss = 0;
    long count = 0;
    try (ForwardPass forward = new ForwardPass(model, manager);
        BatchSource.Pass pass = rows.pass(0)) {
      for (BatchSource.Rows next = pass.next(); next != null; next = pass.next()) {
        try (BatchSource.Rows open = next) {
          float[] labels = new float[open.count()];
          open.labels().duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(labels);
          float[] outputs = forward.outputs(open.numeric(), open.categories(), open.count());
          double[] predictions = new double[open.count() * objective.width()];
          objective.predict(outputs, open.count(), predictions);
          metrics.add(predictions, labels, open.count());
          loss += objective.loss(outputs, labels, open.count());
          count += open.count();
        }
      }
    }
    return new Score(loss / count, metrics.values());
  }

  /** How good weights are on validation rows. */
  record Score(Double loss, Map<String, Double> metrics) {
    static final Score NONE = new Score(null, Map.of());

    boolean isFinite() {
      return loss == null || Double.isFinite(loss);
    }
  }

  private static boolean isFinite(float[] weights) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        return false;
      }
    }
    return true;
  }

  /** What in these rows made the loss no number, as far as it can be seen. */
  private String cause(BatchSource.Rows rows) {
    int width = columns.numeric().size();
    for (int i = 0; i < rows.count() * width; i++) {
      float value = rows.numeric().getFloat(i * Float.BYTES);
      if (!Float.isFinite(value)) {
        return "feature '%s' holds %s".formatted(columns.numeric().get(i % width), value);
      }
    }
    for (int i = 0; i < rows.count(); i++) {
      float value = rows.labels().getFloat(i * Float.BYTES);
      if (!Float.isFinite(value)) {
        return "label '%s' holds %s".formatted(columns.label().column(), value);
      }
    }
    return "its features and labels are all finite, so the weights grew too far";
  }

  private TrainingException broken(int epoch, long step, String cause) {
    return new TrainingException(
        "Cannot go on training in epoch %d, step %d: the loss is not a finite number (%s); lower train.optimizer.learning-rate (%s), or standardize the features"
            .formatted(epoch, step, cause, config.optimizer().learningRate()));
  }
}
