package dev.almanac.training.optimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import java.util.List;

/**
 * Stochastic gradient descent with momentum, as PyTorch's SGD has it: {@code v = momentum v + g +
 * decay w; w = w - rate v}, the first {@code v} being the first gradient.
 */
public record Sgd(double weightDecay, double momentum) implements Optimizer {
  private static final Setting MOMENTUM = Setting.number("momentum", 0.9, Rule.Decimal.SHARE);

  /** As a config chooses it. */
  public static final Kind<Optimizer> KIND =
      new Kind<>(
          "sgd",
          List.of(WEIGHT_DECAY, MOMENTUM),
          chosen -> new Sgd(chosen.number(WEIGHT_DECAY.key()), chosen.number(MOMENTUM.key())));

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public void write(ObjectNode section) {
    section.put(WEIGHT_DECAY.key(), weightDecay).put(MOMENTUM.key(), momentum);
  }

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
  public int lasting() {
    return 1;
  }

  @Override
  public double[] numbers(long step, double rate, double gradientShare) {
    return new double[] {gradientShare, -rate, momentum, weightDecay};
  }
}
