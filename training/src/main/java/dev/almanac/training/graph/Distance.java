package dev.almanac.training.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import java.util.List;
import java.util.Locale;

/**
 * How a distance {@code e} between an output and a number counts as loss; in the label's standard
 * deviations.
 *
 * <p>Of its text: {@code e} becomes the gradient of the loss's sum by it, and {@code total} is what
 * the sum of the loss is added to.
 */
public sealed interface Distance {
  /** Its name in a config. */
  String name();

  /** Puts what was chosen into a section. */
  default void write(ObjectNode section) {}

  /** The loss of one distance. */
  double of(double e);

  /** The lines of TorchScript. */
  String text();

  /** {@code e^2}. */
  record Squared() implements Distance {
    /** As a config chooses it. */
    public static final Kind<Distance> KIND =
        new Kind<>("squared", List.of(), chosen -> new Squared());

    @Override
    public String name() {
      return KIND.name();
    }

    @Override
    public double of(double e) {
      return e * e;
    }

    @Override
    public String text() {
      return """
          total.add_(torch.dot(e, e))
          e.mul_(2.)
          """;
    }
  }

  /** {@code |e|}. */
  record Absolute() implements Distance {
    /** As a config chooses it. */
    public static final Kind<Distance> KIND =
        new Kind<>("absolute", List.of(), chosen -> new Absolute());

    @Override
    public String name() {
      return KIND.name();
    }

    @Override
    public double of(double e) {
      return Math.abs(e);
    }

    @Override
    public String text() {
      return """
          total.add_(torch.sum(torch.abs(e)))
          e.sign_()
          """;
    }
  }

  /**
   * {@code e^2 / 2} up to delta, beyond it {@code delta (|e| - delta / 2)} (Huber 1964).
   *
   * @param delta the distance from which on errors count as they are and not squared
   */
  record Huber(double delta) implements Distance {
    private static final Setting DELTA = Setting.number("delta", 1, Rule.Decimal.POSITIVE);

    /** As a config chooses it. */
    public static final Kind<Distance> KIND =
        new Kind<>("huber", List.of(DELTA), chosen -> new Huber(chosen.number(DELTA.key())));

    @Override
    public String name() {
      return KIND.name();
    }

    @Override
    public void write(ObjectNode section) {
      section.put(DELTA.key(), delta);
    }

    @Override
    public double of(double e) {
      double size = Math.abs(e);
      return size <= delta ? e * e / 2 : delta * (size - delta / 2);
    }

    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          """
          near = torch.clamp(e, %s, %s)
          total.add_(torch.dot(near, torch.sub(e, near, alpha=0.5)))
          e.copy_(near)
          """,
          -delta,
          delta);
    }
  }

  /**
   * {@code q} times what is too low, {@code 1 - q} times what is too high (Koenker 1978).
   *
   * @param quantile the share of labels that should lie below a prediction
   */
  record Quantile(double quantile) implements Distance {
    private static final Setting QUANTILE = Setting.number("quantile", 0.5, Rule.Decimal.INSIDE);

    /** As a config chooses it. */
    public static final Kind<Distance> KIND =
        new Kind<>(
            "quantile", List.of(QUANTILE), chosen -> new Quantile(chosen.number(QUANTILE.key())));

    @Override
    public String name() {
      return KIND.name();
    }

    @Override
    public void write(ObjectNode section) {
      section.put(QUANTILE.key(), quantile);
    }

    @Override
    public double of(double e) {
      return e > 0 ? (1 - quantile) * e : -quantile * e;
    }

    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          """
          high = torch.gt(e, 0.).to(e.dtype)
          slope = high.sub_(%s)
          slope.mul_(torch.ne(e, 0.).to(e.dtype))
          total.add_(torch.dot(slope, e))
          e.copy_(slope)
          """,
          quantile);
    }
  }
}
