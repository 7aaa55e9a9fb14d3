package dev.almanac.training.optimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;

/** The share of the highest learning rate that each step has. Immutable. */
public sealed interface Schedule permits Constant, Cosine, OneCycle, Plateau {
  /** The share of all steps over which the rate first rises from 0 to where a schedule begins. */
  Setting WARM_UP = Setting.number("warm-up", 0, Rule.Decimal.SHARE);

  /** Its name in a config. */
  String name();

  /** Puts what was chosen into a section. */
  void write(ObjectNode section);

  /** The share of all steps before the schedule's own first one. */
  double warmUp();

  /**
   * The share of the highest rate that a step uses.
   *
   * @param step from 0 to {@code steps - 1}
   */
  double share(long step, long steps);

  /**
   * Whether the rate has fallen to half of the highest one or below. Before, a validation loss goes
   * up and down from epoch to epoch, and one that is not lower does not mean that learning is over.
   */
  default boolean isCalm(long step, long steps) {
    return share(step, steps) <= 0.5;
  }

  /**
   * What the highest rate is multiplied by once so many epochs in a row have ended without a lower
   * validation loss; 1 leaves it.
   */
  default double reduction(int epochs) {
    return 1;
  }
}
