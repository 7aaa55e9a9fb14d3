package dev.almanac.training.optimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Kind;

/**
 * AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101): Adam whose weights decay apart from the
 * gradient, {@code w = w - rate * decay * w}, first. See {@link AdamMoments}.
 */
public record AdamW(double weightDecay, double beta1, double beta2) implements Optimizer {
  /** As a config chooses it. */
  public static final Kind<Optimizer> KIND = AdamMoments.kind("adamw", AdamW::new);

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public void write(ObjectNode section) {
    new AdamMoments(beta1, beta2).write(section, weightDecay);
  }

  @Override
  public String text() {
    return AdamMoments.text(weightDecay == 0 ? "" : "w.mul_(k[3])\n");
  }

  @Override
  public int slots() {
    return AdamMoments.SLOTS;
  }

  @Override
  public int lasting() {
    return AdamMoments.LASTING;
  }

  @Override
  public double[] numbers(long step, double rate, double gradientShare) {
    return new AdamMoments(beta1, beta2).numbers(step, rate, gradientShare, 1 - rate * weightDecay);
  }
}
