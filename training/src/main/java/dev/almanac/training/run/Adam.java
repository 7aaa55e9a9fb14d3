package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980) and AdamW (Loshchilov and Hutter 2019, arXiv
 * 1711.05101) as PyTorch has them, with its defaults: beta 0.9 and 0.999, epsilon 1e-8.
 *
 * <pre>
 * m = 0.9 m + 0.1 g        v = 0.999 v + 0.001 g g
 * w = w - rate * (m / (1 - 0.9^t)) / (sqrt(v / (1 - 0.999^t)) + 1e-8)
 * </pre>
 *
 * Weight decay is added to g, or when decoupled, {@code w = w - rate * decay * w} comes first.
 */
final class Adam implements Optimizer {
  /** Where weight decay goes. */
  enum Decay {
    IN_GRADIENT,
    DECOUPLED
  }

  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final NDArray weights;
  private final NDArray mean;
  private final NDArray square;
  private final float decay;
  private final Decay kind;
  private long steps;

  Adam(NDArray weights, double decay, Decay kind) {
    this.weights = weights;
    this.mean = weights.zerosLike();
    this.square = weights.zerosLike();
    this.decay = (float) decay;
    this.kind = kind;
  }

  @Override
  public void step(NDArray gradient, double rate) {
    steps++;
    double root = Math.sqrt(1 - Math.pow(BETA_2, steps));
    double corrected = rate * root / (1 - Math.pow(BETA_1, steps));
    // DJL's kernel computes w - corrected * m / (sqrt(v) + e); with e = epsilon * root that is the
    // formula above, multiplied by root over root.
    weights
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(weights, gradient, mean, square),
            new NDList(weights),
            (float) rate,
            (float) corrected,
            decay,
            1f,
            -1f,
            (float) BETA_1,
            (float) BETA_2,
            (float) (EPSILON * root),
            false,
            kind == Decay.DECOUPLED);
  }
}
