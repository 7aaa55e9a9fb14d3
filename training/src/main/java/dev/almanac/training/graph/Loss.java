package dev.almanac.training.graph;

import java.util.Locale;

/**
 * What training lowers, as lines of TorchScript.
 *
 * <p>Names in the text: {@code o} the outputs {@code [r, outputs]}, which become the gradient of
 * the loss's sum by them; {@code y} the labels {@code [r]} as the dataset stores them; {@code
 * total}, to which the sum of the loss is added; {@code c[2]} a weight a class.
 */
public sealed interface Loss {
  /** The lines. */
  String text();

  /** A weight for each class; empty when all weigh 1. */
  default float[] classWeights() {
    return new float[0];
  }

  /**
   * Of a number's distance {@code e} between output and label, in the label's standard deviations.
   *
   * @param distance how it counts
   * @param mean of the label over train
   * @param deviation of the label over train, above 0
   */
  record Number(Distance distance, double mean, double deviation) implements Loss {
    @Override
    public String text() {
      return String.format(
              Locale.ROOT,
              """
              e = o.view(-1)
              e.sub_(torch.sub(y, %s).mul_(%s))
              """,
              mean,
              1 / deviation)
          + distance.text();
    }
  }

  /** {@code ln(1 + e^x) - x y} of a logit x; its gradient is {@code sigmoid(x) - y}. */
  record TwoClasses(float[] classWeights) implements Loss {
    @Override
    public String text() {
      return """
          l = o.view(-1)
          s = torch.sub(torch.softplus(l), torch.mul(l, y))
          l.sigmoid_().sub_(y)
          """
          + weighted("l")
          + "total.add_(torch.sum(s))\n";
    }

    private String weighted(String slope) {
      return classWeights.length == 0
          ? ""
          : """
            w = torch.index_select(c[2], 0, torch._cast_Long(y))
            s.mul_(w)
            %s.mul_(w)
            """
              .formatted(slope);
    }
  }

  /** The cross-entropy of the softmax of a logit a class. */
  record ManyClasses(float[] classWeights) implements Loss {
    @Override
    public String text() {
      return """
          k = torch._cast_Long(y).unsqueeze(1)
          l = torch.log_softmax(o, 1)
          s = torch.gather(l, 1, k).neg_()
          o.copy_(l).exp_()
          o.scatter_(1, k, torch.gather(o, 1, k).sub_(1.))
          """
          + (classWeights.length == 0
              ? ""
              : """
                w = torch.index_select(c[2], 0, k.view(-1)).unsqueeze(1)
                s.mul_(w)
                o.mul_(w)
                """)
          + "total.add_(torch.sum(s))\n";
    }
  }
}
