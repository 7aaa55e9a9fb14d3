package dev.almanac.training.torch;

import dev.almanac.training.config.TrainingException;
import java.util.List;

/**
 * The share of the highest learning rate that each step has.
 *
 * <p>{@code constant}; {@code plateau}: constant, but see {@link LearningRate}; {@code cosine}:
 * half a cosine from the highest rate towards 0; {@code one-cycle} (Smith and Topin 2018, arXiv
 * 1708.07120, as PyTorch's OneCycleLR has it): half a cosine up from a 25th of the highest rate
 * over the first 30 % of the steps, then half a cosine down to a 10,000th of where it began.
 * Momentum is not cycled.
 */
enum Schedule {
  CONSTANT("constant") {
    @Override
    double share(long step, long steps) {
      return 1;
    }

    @Override
    boolean isCalm(long step, long steps) {
      return true;
    }
  },
  PLATEAU("plateau") {
    @Override
    double share(long step, long steps) {
      return 1;
    }

    @Override
    boolean isCalm(long step, long steps) {
      return true;
    }
  },
  COSINE("cosine") {
    @Override
    double share(long step, long steps) {
      return between(1, 0, (double) step / steps);
    }
  },
  ONE_CYCLE("one-cycle") {
    @Override
    double share(long step, long steps) {
      double top = top(steps);
      if (step <= top) {
        return between(FIRST, 1, step / top);
      }
      double last = steps - 1;
      double from = Math.max(0, top);
      return between(1, FIRST * LAST, last <= from ? 1 : (step - from) / (last - from));
    }

    @Override
    boolean isCalm(long step, long steps) {
      return step > top(steps) && super.isCalm(step, steps);
    }

    private double top(long steps) {
      return WARM_UP * steps - 1;
    }
  };

  private static final double WARM_UP = 0.3;
  private static final double FIRST = 1 / 25.0;
  private static final double LAST = 1 / 10_000.0;

  private final String text;

  Schedule(String text) {
    this.text = text;
  }

  static Schedule of(String text) {
    for (Schedule schedule : values()) {
      if (schedule.text.equals(text)) {
        return schedule;
      }
    }
    throw new TrainingException(
        "Cannot train with schedule '%s': schedules are %s"
            .formatted(
                text, String.join(", ", List.of(values()).stream().map(s -> s.text).toList())));
  }

  /**
   * The share of the highest rate that a step uses.
   *
   * @param step from 0 to {@code steps - 1}
   */
  abstract double share(long step, long steps);

  /**
   * Whether the rate has fallen to half of the highest one or below. Before, a validation loss goes
   * up and down from epoch to epoch, and one that is not lower does not mean that learning is over.
   */
  boolean isCalm(long step, long steps) {
    return share(step, steps) <= 0.5;
  }

  private static double between(double from, double to, double part) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * part));
  }
}
