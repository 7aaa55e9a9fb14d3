package dev.almanac.training.torch;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.config.TrainingException;

/**
 * Changes weights by a gradient, all in one vector, as a method of a {@link Program}:
 *
 * <pre>update(w, g, s, k)</pre>
 *
 * weights and gradient, state vectors as long as they, and some numbers of the step. The first
 * number is a factor for the gradient. Immutable.
 */
interface Optimizer {
  /** The method, indented by two. */
  String text();

  /** How many state vectors it keeps; they begin as 0. */
  int slots();

  /**
   * The numbers for a step.
   *
   * @param step from 1
   * @param gradientShare a factor for the gradient, 1 unless it is clipped
   */
  double[] numbers(long step, double rate, double gradientShare);

  /** A method with this body, its lines not indented. */
  static String method(String body) {
    StringBuilder text =
        new StringBuilder(
            "  def update(self: __torch__.Program, w: Tensor, g: Tensor, s: List[Tensor], k: List[float]) -> None:\n");
    (body + "return None\n").lines().forEach(line -> text.append("    ").append(line).append('\n'));
    return text.toString();
  }

  /** The optimizer of this config. */
  static Optimizer of(TrainConfig.OptimizerConfig config) {
    return switch (config.name()) {
      case "sgd" -> new Sgd(config.momentum(), config.weightDecay());
      case "adam" ->
          new Adam(config.beta1(), config.beta2(), config.weightDecay(), Adam.Decay.IN_GRADIENT);
      case "adamw" ->
          new Adam(config.beta1(), config.beta2(), config.weightDecay(), Adam.Decay.DECOUPLED);
      default ->
          throw new TrainingException(
              "Cannot train with optimizer '%s': optimizers are sgd, adam, adamw"
                  .formatted(config.name()));
    };
  }
}
