package dev.almanac.training.optimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import java.util.List;

/**
 * The highest rate, which is multiplied by a factor whenever so many epochs have ended without a
 * validation loss below the lowest, as PyTorch's ReduceLROnPlateau does with a threshold of 0.
 *
 * @param plateau epochs without a lower loss that are waited for
 */
public record Plateau(double warmUp, double factor, int plateau) implements Schedule {
  private static final Setting FACTOR = Setting.number("factor", 0.1, Rule.Decimal.INSIDE);
  private static final Setting PLATEAU = Setting.whole("plateau", 2, 0, 1_000_000);

  /** As a config chooses it. */
  public static final Kind<Schedule> KIND =
      new Kind<>(
          "plateau",
          List.of(WARM_UP, FACTOR, PLATEAU),
          chosen ->
              new Plateau(
                  chosen.number(WARM_UP.key()),
                  chosen.number(FACTOR.key()),
                  chosen.whole(PLATEAU.key())));

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public void write(ObjectNode section) {
    section.put(WARM_UP.key(), warmUp).put(FACTOR.key(), factor).put(PLATEAU.key(), plateau);
  }

  @Override
  public double share(long step, long steps) {
    return 1;
  }

  @Override
  public boolean isCalm(long step, long steps) {
    return true;
  }

  @Override
  public double reduction(int epochs) {
    return epochs > plateau ? factor : 1;
  }
}
