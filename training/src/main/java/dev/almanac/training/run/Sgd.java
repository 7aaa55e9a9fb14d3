package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;

/**
 * Stochastic gradient descent with momentum 0.9, as PyTorch's SGD has it: {@code v = 0.9 v + g + d
 * w; w = w - rate v}, the first {@code v} being the first gradient.
 */
final class Sgd implements Optimizer {
  private static final float MOMENTUM = 0.9f;

  private final NDArray weights;
  private final NDArray velocity;
  private final float decay;

  Sgd(NDArray weights, double decay) {
    this.weights = weights;
    this.velocity = weights.zerosLike();
    this.decay = (float) decay;
  }

  @Override
  public void step(NDArray gradient, double rate) {
    velocity.muli(MOMENTUM).addi(gradient);
    if (decay != 0) {
      try (NDArray decayed = weights.mul(decay)) {
        velocity.addi(decayed);
      }
    }
    try (NDArray change = velocity.mul((float) rate)) {
      weights.subi(change);
    }
  }
}
