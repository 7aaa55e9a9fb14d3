package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;

/**
 * Changes weights by a gradient, all in one vector.
 *
 * <p>Its state lives on the weights' device and is closed with the weights' manager.
 */
interface Optimizer {
  /** Changes the weights in place. */
  void step(NDArray gradient, double rate);

  /** The optimizer of this config for these weights. */
  static Optimizer of(TrainConfig.OptimizerConfig config, NDArray weights) {
    return switch (config.name()) {
      case "sgd" -> new Sgd(weights, config.weightDecay());
      case "adam" -> new Adam(weights, config.weightDecay(), Adam.Decay.IN_GRADIENT);
      case "adamw" -> new Adam(weights, config.weightDecay(), Adam.Decay.DECOUPLED);
      default ->
          throw new TrainingException(
              "Cannot train with optimizer '%s': optimizers are sgd, adam, adamw"
                  .formatted(config.name()));
    };
  }
}
