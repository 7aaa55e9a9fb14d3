package dev.almanac.training.torch;

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980) and AdamW (Loshchilov and Hutter 2019, arXiv
 * 1711.05101) as PyTorch has them, with its epsilon of 1e-8.
 *
 * <pre>
 * m = b1 m + (1 - b1) g        v = b2 v + (1 - b2) g g
 * w = w - rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + 1e-8)
 * </pre>
 *
 * Weight decay is added to g, or when decoupled, {@code w = w - rate * decay * w} comes first.
 */
record Adam(double beta1, double beta2, double decay, Decay kind) implements Optimizer {
  /** Where weight decay goes. */
  enum Decay {
    IN_GRADIENT,
    DECOUPLED
  }

  private static final double EPSILON = 1e-8;

  /** Both fractions of the formula are multiplied by sqrt(1 - b2^t), so v is not divided. */
  @Override
  public String text() {
    String decayed =
        decay == 0 ? "" : kind == Decay.DECOUPLED ? "w.mul_(k[3])\n" : "g.add_(w, alpha=k[3])\n";
    return Optimizer.method(
        """
        if k[0] != 1.:
          g.mul_(k[0])
        """
            + decayed
            + """
              s[0].lerp_(g, k[4])
              s[1].mul_(k[5]).addcmul_(g, g, value=k[6])
              torch.sqrt(s[1], out=s[2])
              s[2].add_(k[2])
              w.addcdiv_(s[0], s[2], value=k[1])
              """);
  }

  /** The last one is scratch. */
  @Override
  public int slots() {
    return 3;
  }

  @Override
  public double[] numbers(long step, double rate, double gradientShare) {
    double root = Math.sqrt(1 - Math.pow(beta2, step));
    return new double[] {
      gradientShare,
      -rate * root / (1 - Math.pow(beta1, step)),
      EPSILON * root,
      kind == Decay.DECOUPLED ? 1 - rate * decay : decay,
      1 - beta1,
      beta2,
      1 - beta2
    };
  }
}
