package dev.almanac.training.optimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import java.util.List;

/**
 * What Adam (Kingma and Ba 2015, arXiv 1412.6980) and AdamW have in common, as PyTorch has them,
 * with its epsilon of 1e-8.
 *
 * <pre>
 * m = b1 m + (1 - b1) g        v = b2 v + (1 - b2) g g
 * w = w - rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + 1e-8)
 * </pre>
 *
 * @param beta1 the share of the mean gradient that a step keeps
 * @param beta2 likewise, of the mean squared gradient
 */
record AdamMoments(double beta1, double beta2) {
  private static final Setting BETA_1 = Setting.number("beta-1", 0.9, Rule.Decimal.SHARE);
  private static final Setting BETA_2 = Setting.number("beta-2", 0.999, Rule.Decimal.SHARE);

  /** Means of gradients and of their squares. */
  static final int LASTING = 2;

  /** The last one is scratch. */
  static final int SLOTS = LASTING + 1;

  private static final double EPSILON = 1e-8;

  /** Makes one of the two. */
  interface Make {
    Optimizer of(double weightDecay, double beta1, double beta2);
  }

  /** One of the two as a config chooses it. */
  static Kind<Optimizer> kind(String name, Make make) {
    return new Kind<>(
        name,
        List.of(Optimizer.WEIGHT_DECAY, BETA_1, BETA_2),
        chosen ->
            make.of(
                chosen.number(Optimizer.WEIGHT_DECAY.key()),
                chosen.number(BETA_1.key()),
                chosen.number(BETA_2.key())));
  }

  /** Puts what was chosen into a section. */
  void write(ObjectNode section, double weightDecay) {
    section
        .put(Optimizer.WEIGHT_DECAY.key(), weightDecay)
        .put(BETA_1.key(), beta1)
        .put(BETA_2.key(), beta2);
  }

  /**
   * The method; both fractions of the formula are multiplied by sqrt(1 - b2^t), so v is not
   * divided.
   *
   * @param decayed a line that lets weights decay by {@code k[3]}, or none
   */
  static String text(String decayed) {
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

  double[] numbers(long step, double rate, double gradientShare, double decay) {
    double root = Math.sqrt(1 - Math.pow(beta2, step));
    return new double[] {
      gradientShare,
      -rate * root / (1 - Math.pow(beta1, step)),
      EPSILON * root,
      decay,
      1 - beta1,
      beta2,
      1 - beta2
    };
  }
}
