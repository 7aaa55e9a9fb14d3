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

  /** Lines with numbers put in. */
  private static String lines(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }

  /**
   * Of a number's distance {@code e} between output and label, in the label's standard deviations.
   *
   * @param kind how a distance counts
   * @param mean of the label over train
   * @param deviation of the label over train, above 0
   * @param parameter delta of {@link Kind#HUBER}, the quantile of {@link Kind#QUANTILE}
   */
  record Number(Kind kind, double mean, double deviation, double parameter) implements Loss {
    /** How a distance counts. */
    public enum Kind {
      /** {@code e^2}. */
      SQUARED,
      /** {@code |e|}. */
      ABSOLUTE,
      /** {@code e^2 / 2} up to delta, beyond it {@code delta (|e| - delta / 2)} (Huber 1964). */
      HUBER,
      /** {@code q} times what is too low, {@code 1 - q} times what is too high (Koenker 1978). */
      QUANTILE
    }

    @Override
    public String text() {
      String distance =
          lines(
              """
              e = o.view(-1)
              e.sub_(torch.sub(y, %s).mul_(%s))
              """,
              mean, 1 / deviation);
      return distance
          + switch (kind) {
            case SQUARED ->
                """
                total.add_(torch.dot(e, e))
                e.mul_(2.)
                """;
            case ABSOLUTE ->
                """
                total.add_(torch.sum(torch.abs(e)))
                e.sign_()
                """;
            case HUBER ->
                lines(
                    """
                    near = torch.clamp(e, %s, %s)
                    total.add_(torch.dot(near, torch.sub(e, near, alpha=0.5)))
                    e.copy_(near)
                    """,
                    -parameter, parameter);
            case QUANTILE ->
                lines(
                    """
                    high = torch.gt(e, 0.).to(e.dtype)
                    slope = high.sub_(%s)
                    slope.mul_(torch.ne(e, 0.).to(e.dtype))
                    total.add_(torch.dot(slope, e))
                    e.copy_(slope)
                    """,
                    parameter);
          };
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
