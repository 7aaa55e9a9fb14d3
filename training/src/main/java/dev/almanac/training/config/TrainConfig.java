package dev.almanac.training.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.graph.Precision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to train: the {@code train:} section of a config.
 *
 * @param batchSize rows a batch
 * @param accumulate batches whose gradients make one step
 * @param precision of which numbers a step computes; predictions are float32 whatever it is
 * @param epochs the most passes over the train split
 * @param patience epochs without a better validation loss after which training stops, counted once
 *     the schedule has brought the learning rate down to half of its highest (a constant rate: from
 *     the start); 0 never stops
 * @param seed of the weights, of dropout and of the order of rows
 * @param device {@code auto}, {@code cpu} or {@code gpu}
 * @param threads PyTorch's threads within an operation; 0 is all cores
 * @param mixedRowGroups row groups whose rows are mixed with one another in an epoch
 */
public record TrainConfig(
    Task task,
    ModelConfig model,
    LossConfig loss,
    OptimizerConfig optimizer,
    int batchSize,
    int accumulate,
    Precision precision,
    int epochs,
    int patience,
    CheckpointConfig checkpoint,
    long seed,
    String device,
    int threads,
    int mixedRowGroups) {
  public TrainConfig {
    // Runs of before there was a choice do not say it.
    precision = precision == null ? Precision.FLOAT32 : precision;
  }

  /** The same with batches of another size. */
  public TrainConfig withBatchSize(int changed) {
    return new TrainConfig(
        task,
        model,
        loss,
        optimizer,
        changed,
        accumulate,
        precision,
        epochs,
        patience,
        checkpoint,
        seed,
        device,
        threads,
        mixedRowGroups);
  }

  /** The rows of a batch when there are no more than these: a larger one is no other. */
  public int batchOf(long rows) {
    return (int) Math.max(1, Math.min(batchSize, rows));
  }

  public TrainConfig withSeed(long changed) {
    return new TrainConfig(
        task,
        model,
        loss,
        optimizer,
        batchSize,
        accumulate,
        precision,
        epochs,
        patience,
        checkpoint,
        changed,
        device,
        threads,
        mixedRowGroups);
  }

  /**
   * Which model, of which shape.
   *
   * @param family a name that the model registry knows
   * @param settings an object with every setting of the family, defaults filled in
   */
  public record ModelConfig(String family, JsonNode settings) {}

  /**
   * What is lowered.
   *
   * @param name for a number {@code squared}, {@code absolute}, {@code huber} or {@code quantile};
   *     for classes {@code cross-entropy}
   * @param delta of {@code huber}: the distance, in the label's standard deviations, from which on
   *     errors count as they are and not squared
   * @param quantile of {@code quantile}: the share of labels that should lie below a prediction
   * @param balanced whether each class weighs as much as every other, however many rows it has
   * @param classWeights how much rows of a class weigh, by its name; others weigh 1
   */
  public record LossConfig(
      String name,
      double delta,
      double quantile,
      boolean balanced,
      Map<String, Double> classWeights) {
    public LossConfig {
      classWeights = Collections.unmodifiableMap(new LinkedHashMap<>(classWeights));
    }

    /** The loss of a task, nothing chosen. */
    public static LossConfig of(Task task) {
      return new LossConfig(
          task == Task.REGRESSION ? "squared" : "cross-entropy", 1, 0.5, false, Map.of());
    }
  }

  /**
   * How weights change.
   *
   * @param name {@code sgd}, {@code adam} or {@code adamw}
   * @param learningRate the highest rate of the schedule
   * @param weightDecay decoupled for adamw, else added to the gradient
   * @param momentum of sgd
   * @param beta1 of adam and adamw: the share of the mean gradient that a step keeps
   * @param beta2 likewise, of the mean squared gradient
   * @param schedule {@code constant}, {@code cosine}, {@code one-cycle} or {@code plateau}
   * @param warmUp the share of all steps over which the rate first rises from 0 to the schedule's;
   *     {@code one-cycle} has its own
   * @param factor {@code plateau}'s: the rate is multiplied by it
   * @param plateau epochs without a lower validation loss after which it is
   * @param clipNorm the greatest length of a gradient, longer ones are shortened to it; 0 is none
   * @param averageDecay the share of the averaged weights that a step keeps; 0 does not average
   */
  public record OptimizerConfig(
      String name,
      double learningRate,
      double weightDecay,
      double momentum,
      double beta1,
      double beta2,
      String schedule,
      double warmUp,
      double factor,
      int plateau,
      double clipNorm,
      double averageDecay) {

    /** Everything else as it is when nothing is chosen. */
    public static OptimizerConfig of(
        String name, double learningRate, double weightDecay, String schedule) {
      return new OptimizerConfig(
          name, learningRate, weightDecay, 0.9, 0.9, 0.999, schedule, 0, 0.1, 2, 0, 0);
    }
  }

  /**
   * When the state of a training is written, beside the end of an interrupted one.
   *
   * @param seconds since the last time; 0 does not count seconds
   * @param steps since the last time; 0 does not count steps
   */
  public record CheckpointConfig(int seconds, int steps) {
    /** Once a minute. */
    public static final CheckpointConfig DEFAULT = new CheckpointConfig(60, 0);
  }
}
