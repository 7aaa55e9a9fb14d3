package dev.almanac.training.optimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;

/**
 * Changes weights by a gradient, all in one vector, as a method of TorchScript:
 *
 * <pre>update(w, g, s, k)</pre>
 *
 * weights and gradient, state vectors as long as they, and some numbers of the step. The first
 * number is a factor for the gradient. Immutable.
 */
public sealed interface Optimizer permits Adam, AdamW, Sgd {
  /** How strongly weights are drawn to 0, of each optimizer in its own way. */
  Setting WEIGHT_DECAY = Setting.number("weight-decay", 0, Rule.Decimal.SIZE);

  /** Its name in a config. */
  String name();

  /** Puts what was chosen into a section. */
  void write(ObjectNode section);

  /** The method, indented by two. */
  String text();

  /** How many state vectors it keeps; they begin as 0. */
  int slots();

  /** How many of them are more than scratch. */
  int lasting();

  /**
   * The numbers for a step.
   *
   * @param step from 1
   * @param gradientShare a factor for the gradient, 1 unless it is clipped
   */
  double[] numbers(long step, double rate, double gradientShare);

  /** A method with this body, its lines not indented. */
  static String method(String body) {
    StringBuilder text =
        new StringBuilder(
            "  def update(self: __torch__.Program, w: Tensor, g: Tensor, s: List[Tensor], k: List[float]) -> None:\n");
    (body + "return None\n").lines().forEach(line -> text.append("    ").append(line).append('\n'));
    return text.toString();
  }
}
