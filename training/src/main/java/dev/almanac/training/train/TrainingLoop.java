package dev.almanac.training.train;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.feed.TrainSample;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.TrainColumns;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.StopSignal;
import dev.almanac.training.run.StoppedException;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.torch.ForwardPass;
import dev.almanac.training.torch.TrainingStep;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes over the train rows until the planned epochs are over or patience is; keeps the weights of
 * the epoch with the lowest validation loss, or without validation rows, those of the last one.
 *
 * <p>On the processor, equal configs, rows, threads and machines give equal weights to the bit,
 * also when a training is killed and goes on from a {@link Checkpoint}. A JVM trains one model at a
 * time, since PyTorch's random numbers are the process's: a second loop waits.
 */
public final class TrainingLoop {
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

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
    awaitTurn(signal);
    try (Validation scored = validation(validation)) {
      Graph graph = graph();
      float[] weights = from == null ? initial(graph, train) : new float[graph.length()];
      int mostRows = (int) Math.min(config.batches().size(), train.rows());
      try (TrainingStep step =
          new TrainingStep(
              compute,
              shape(),
              graph,
              objective,
              config.optimizer(),
              weights,
              mostRows,
              config.machine().precision())) {
        TrainingPass pass =
            new TrainingPass(config, columns, compute, graph.isRandom(), step, train, journal);
        return epochs(pass, scored, journal, from, checkpoints, signal);
      }
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private static void awaitTurn(StopSignal signal) throws IOException {
    try {
      while (!ONE_AT_A_TIME.tryLock(100, TimeUnit.MILLISECONDS)) {
        if (signal.isAsked()) {
          throw new StoppedException();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot train: interrupted");
    }
  }

  private float[] initial(Graph graph, BatchSource train) throws IOException {
    TrainColumns rows =
        graph.looksAtRows() ? TrainSample.of(train, columns.numeric().size()) : TrainColumns.NONE;
    return graph.initial(config.seed(), rows);
  }

  private Outcome epochs(
      TrainingPass pass,
      Validation validation,
      Journal journal,
      Checkpoint from,
      CheckpointClock checkpoints,
      StopSignal signal)
      throws IOException {
    EarlyStopping stopping = new EarlyStopping(config.length().patience());
    EpochRecord best = null;
    ShuffleQuality quality = null;
    int epoch = 0;
    long batches = 0;
    if (from != null) {
      pass.restore(from);
      stopping.restore(from.place().stopping(), from.bestWeights());
      best = from.place().best();
      epoch = from.place().epoch() - 1;
      batches = from.place().batches();
    }
    while (epoch < config.length().epochs() && !stopping.stops()) {
      epoch++;
      EpochRecord soFar = best;
      pass.run(
          epoch,
          batches,
          (now, force) -> checkpoints.save(() -> now.checkpoint(stopping, soFar), force),
          signal);
      batches = 0;
      float[] settled = pass.settled();
      Validation.Score score = validation.score(settled);
      if (!isFinite(settled) || !score.isFinite()) {
        throw pass.broken("the weights grew past what float32 holds");
      }
      boolean kept = keep(stopping, epoch, score, settled);
      if (score != Validation.Score.NONE) {
        pass.rate().hear(score.loss());
      }
      if (!pass.isCalm()) {
        stopping.forgive();
      }
      EpochRecord record = pass.record(score, kept);
      best = kept ? record : best;
      journal.epoch(record);
      if (quality == null) {
        quality = pass.shuffleQuality();
        if (quality != null && !quality.warning().isEmpty()) {
          journal.note(quality.warning());
        }
      }
    }
    if (stopping.stops() && epoch < config.length().epochs()) {
      journal.note(
          "stopped after epoch %s: no lower validation loss in %s epochs; kept epoch %s"
              .formatted(epoch, config.length().patience(), stopping.epoch()));
    }
    return new Outcome(
        new TrainedModel(settings, shape(), stopping.weights()),
        pass.clock().result(epoch, best).mixed(quality),
        best.validation());
  }

  private Validation validation(BatchSource rows) {
    return new Validation(
        rows,
        objective,
        weights -> new ForwardPass(new TrainedModel(settings, shape(), weights), compute));
  }

  private static boolean keep(
      EarlyStopping stopping, int epoch, Validation.Score score, float[] weights) {
    if (score == Validation.Score.NONE) {
      stopping.keep(epoch, weights);
      return true;
    }
    return stopping.hear(epoch, score.loss(), weights);
  }

  private static boolean isFinite(float[] weights) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        return false;
      }
    }
    return true;
  }
}
