package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How to train: the {@code train:} section of a config.
 *
 * @param batchSize rows a step
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
    OptimizerConfig optimizer,
    int batchSize,
    int epochs,
    int patience,
    long seed,
    String device,
    int threads,
    int mixedRowGroups) {

  TrainConfig withBatchSize(int changed) {
    return new TrainConfig(
        task, model, optimizer, changed, epochs, patience, seed, device, threads, mixedRowGroups);
  }

  TrainConfig withSeed(long changed) {
    return new TrainConfig(
        task,
        model,
        optimizer,
        batchSize,
        epochs,
        patience,
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
   * How weights change.
   *
   * @param name {@code sgd}, {@code adam} or {@code adamw}
   * @param learningRate the highest rate of the schedule
   * @param weightDecay decoupled for adamw, else added to the gradient
   * @param schedule {@code constant}, {@code cosine} or {@code one-cycle}, over all steps planned
   */
  public record OptimizerConfig(
      String name, double learningRate, double weightDecay, String schedule) {}
}
