package dev.almanac.training.optimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Kind;
import java.util.List;

/**
 * Half a cosine up from a 25th of the highest rate over the first 30 % of the steps, then half a
 * cosine down to a 10,000th of where it began (Smith and Topin 2018, arXiv 1708.07120, as PyTorch's
 * OneCycleLR has it). Momentum is not cycled.
 */
public record OneCycle() implements Schedule {
  /** As a config chooses it. */
  public static final Kind<Schedule> KIND =
      new Kind<>("one-cycle", List.of(), chosen -> new OneCycle());

  private static final double RISE = 0.3;
  private static final double FIRST = 1 / 25.0;
  private static final double LAST = 1 / 10_000.0;
  private static final HalfCosine UP = new HalfCosine(FIRST, 1);
  private static final HalfCosine DOWN = new HalfCosine(1, FIRST * LAST);

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public void write(ObjectNode section) {}

  /** It rises by itself. */
  @Override
  public double warmUp() {
    return 0;
  }

  @Override
  public double share(long step, long steps) {
    double top = top(steps);
    if (step <= top) {
      return UP.at(step / top);
    }
    double last = steps - 1;
    double from = Math.max(0, top);
    return DOWN.at(last <= from ? 1 : (step - from) / (last - from));
  }

  @Override
  public boolean isCalm(long step, long steps) {
    return step > top(steps) && share(step, steps) <= 0.5;
  }

  private static double top(long steps) {
    return RISE * steps - 1;
  }
}
