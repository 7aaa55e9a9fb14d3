package dev.almanac.training.optimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Kind;
import java.util.List;

/** Half a cosine from the highest rate towards 0. */
public record Cosine(double warmUp) implements Schedule {
  /** As a config chooses it. */
  public static final Kind<Schedule> KIND =
      new Kind<>("cosine", List.of(WARM_UP), chosen -> new Cosine(chosen.number(WARM_UP.key())));

  private static final HalfCosine DOWN = new HalfCosine(1, 0);

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
    return DOWN.at((double) step / steps);
  }
}
