package dev.almanac.training.train;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.feed.TrainSample;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.TrainColumns;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.StopSignal;
import dev.almanac.training.run.StoppedException;
import dev.almanac.training.run.Until;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.torch.ForwardPass;
import dev.almanac.training.torch.TrainingStep;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Passes over the train rows until the planned epochs are over or patience is; keeps the weights of
 * the epoch with the lowest validation loss, or without validation rows, those of the last one.
 *
 * <p>On the processor, equal configs, rows, threads and machines give equal weights to the bit,
 * also when a training is killed and goes on from a {@link Checkpoint}. A JVM trains one model at a
 * time, since PyTorch's random numbers are the process's: a second loop waits.
 */
public final class TrainingLoop {
  private final TrainConfig config;
  private final DatasetColumns columns;
  private final Objective objective;
  private final ModelSettings settings;
  private final Compute compute;

  /**
   * What training gave.
   *
   * @param validation metrics of the model, empty without validation rows
   */
  public record Outcome(
      TrainedModel model, RunOutcome.Result result, Map<String, Double> validation) {}

  /** Loops with an objective that {@link Objective#of} made for the config. */
  public TrainingLoop(
      TrainConfig config, DatasetColumns columns, Objective objective, Compute compute) {
    this.config = config;
    this.columns = columns;
    this.objective = objective;
    this.settings = config.model();
    this.compute = compute;
  }

  ModelShape shape() {
    return new ModelShape(columns.numeric().size(), columns.nominal(), objective.outputs());
  }

  private Graph graph() {
    try {
      return settings.build(shape());
    } catch (ArithmeticException overflow) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "Cannot train model '%s': with %d numeric and %d nominal columns it has more than %,d weights; make the layers of train.model smaller",
              settings.family(),
              columns.numeric().size(),
              columns.nominal().size(),
              Integer.MAX_VALUE),
          overflow);
    }
  }

  /** How many weights an optimizer moves. */
  long parameters() {
    return graph().trainedLength();
  }

  /** Trains from the start; nothing is kept of a training that ends early. */
  public Outcome run(BatchSource train, BatchSource validation, Journal journal)
      throws IOException {
    return run(train, validation, journal, null, CheckpointClock.never(), StopSignal.NONE);
  }

  /**
   * Trains.
   *
   * @param validation null when there are no validation rows
   * @param from where to go on; null to train from the start
   * @throws TrainingException when a loss or a gradient is not a number
   * @throws StoppedException when it was asked to stop
   */
  Outcome run(
      BatchSource train,
      BatchSource validation,
      Journal journal,
      Checkpoint from,
      CheckpointClock checkpoints,
      StopSignal signal)
      throws IOException {
    try (Turn turn = Turn.await(signal);
        LiveTraining live = begin(turn, train, from)) {
      live.run(
          new LiveTraining.Rows(train, validation),
          Until.epoch(Integer.MAX_VALUE),
          journal,
          checkpoints,
          signal);
      return live.outcome();
    }
  }

  /** Makes a training ready. */
  LiveTraining begin(Turn turn, BatchSource train, Checkpoint from) throws IOException {
    turn.check();
    Graph graph = graph();
    float[] weights = from == null ? initial(graph, train) : new float[graph.length()];
    TrainingStep step =
        new TrainingStep(
            compute,
            shape(),
            graph,
            objective,
            config.optimizer(),
            weights,
            (int) Math.min(config.batches().size(), train.rows()),
            config.machine().precision());
    LiveTraining live = new LiveTraining(this, step, graph.isRandom());
    try {
      if (from != null) {
        live.restore(from);
      }
      return live;
    } catch (RuntimeException e) {
      live.close();
      throw e;
    }
  }

  private float[] initial(Graph graph, BatchSource train) throws IOException {
    TrainColumns rows =
        graph.looksAtRows() ? TrainSample.of(train, columns.numeric().size()) : TrainColumns.NONE;
    return graph.initial(config.seed(), rows);
  }

  TrainConfig config() {
    return config;
  }

  /** One epoch after the other, over these rows. */
  TrainingPass pass(TrainingStep step, boolean random, BatchSource train, Journal journal) {
    return new TrainingPass(config, columns, compute, random, step, train, journal);
  }

  /** A model of these weights. */
  TrainedModel model(float[] weights) {
    return new TrainedModel(settings, shape(), weights);
  }

  Validation validation() {
    return new Validation(objective, weights -> new ForwardPass(model(weights), compute));
  }
}
