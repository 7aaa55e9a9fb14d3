package dev.almanac.training.torch;

/**
 * Stochastic gradient descent with momentum, as PyTorch's SGD has it: {@code v = momentum v + g +
 * decay w; w = w - rate v}, the first {@code v} being the first gradient.
 */
record Sgd(double momentum, double decay) implements Optimizer {
  @Override
  public String text() {
    return Optimizer.method(
        """
        if k[0] != 1.:
          g.mul_(k[0])
        v = s[0]
        v.mul_(k[2]).add_(g)
        if k[3] != 0.:
          v.add_(w, alpha=k[3])
        w.add_(v, alpha=k[1])
        """);
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public double[] numbers(long step, double rate, double gradientShare) {
    return new double[] {gradientShare, -rate, momentum, decay};
  }
}
