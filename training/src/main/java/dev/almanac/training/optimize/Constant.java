package dev.almanac.training.optimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Kind;
import java.util.List;

/** The highest rate at each step. */
public record Constant(double warmUp) implements Schedule {
  /** As a config chooses it. */
  public static final Kind<Schedule> KIND =
      new Kind<>(
          "constant", List.of(WARM_UP), chosen -> new Constant(chosen.number(WARM_UP.key())));

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public void write(ObjectNode section) {
    section.put(WARM_UP.key(), warmUp);
  }

  @Override
  public double share(long step, long steps) {
    return 1;
  }

  @Override
  public boolean isCalm(long step, long steps) {
    return true;
  }
}
