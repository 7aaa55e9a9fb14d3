package dev.almanac.training.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.config.OptimizerConfig;
import dev.almanac.training.setting.Choices;
import dev.almanac.training.setting.Kind;
import dev.almanac.transforms.problem.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  /** One of each, as a config that says no more chooses it. */
  private static Schedule usual(String name) {
    Kind<Schedule> kind = OptimizerConfig.SCHEDULES.of(name);
    Choices<Kind<Schedule>> alone = new Choices<>("schedule", name, List.of(kind));
    return kind.make(alone.usually());
  }

  private static double share(String schedule, long step, long steps) {
    return usual(schedule).share(step, steps);
  }

  @Test
  void oneCycleHasPyTorchsValues() {
    // OneCycleLR(max_lr=1, total_steps=10): up over steps 0 to 2, down over steps 2 to 9.
    assertEquals(0.04, share("one-cycle", 0, 10), 1e-12);
    assertEquals(0.52, share("one-cycle", 1, 10), 1e-12);
    assertEquals(1.0, share("one-cycle", 2, 10), 1e-12);
    double low = 4e-6;
    for (int step = 3; step < 10; step++) {
      double expected = low + (1 - low) * (1 + Math.cos(Math.PI * (step - 2) / 7)) / 2;
      assertEquals(expected, share("one-cycle", step, 10), 1e-12);
    }
    assertEquals(low, share("one-cycle", 9, 10), 1e-12);
  }

  @Test
  void cosineHasPyTorchsValues() {
    assertEquals(1.0, share("cosine", 0, 8), 1e-12);
    assertEquals(0.5, share("cosine", 4, 8), 1e-12);
    assertEquals((1 + Math.cos(Math.PI * 7 / 8)) / 2, share("cosine", 7, 8), 1e-12);
  }

  @Test
  void constantIsAlwaysTheHighestRate() {
    assertEquals(1.0, share("constant", 0, 3));
    assertEquals(1.0, share("constant", 2, 3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 1000})
  void everyStepHasARateFromZeroToTheHighest(long steps) {
    for (String name : OptimizerConfig.SCHEDULES.names()) {
      for (long step = 0; step < steps; step++) {
        double share = share(name, step, steps);
        assertTrue(share > 0 && share <= 1, name + " " + step + " of " + steps + ": " + share);
      }
    }
  }

  @Test
  void patienceCountsOnlyWhereTheRateHasFallenToHalf() {
    assertTrue(usual("constant").isCalm(0, 100));
    assertFalse(usual("cosine").isCalm(49, 100));
    assertTrue(usual("cosine").isCalm(50, 100));
    assertFalse(usual("one-cycle").isCalm(0, 100), "the rate is low, but on its way up");
    assertFalse(usual("one-cycle").isCalm(60, 100));
    assertTrue(usual("one-cycle").isCalm(65, 100));
    assertTrue(usual("one-cycle").isCalm(99, 100));
  }

  @Test
  void aConfigMayChooseEverySchedule() {
    assertEquals(
        Set.of(Schedule.class.getPermittedSubclasses()),
        OptimizerConfig.SCHEDULES.names().stream()
            .map(name -> usual(name).getClass())
            .collect(Collectors.toSet()));
  }

  @Test
  void onlyAPlateauReducesTheRateAndOnceItWasWaitedFor() {
    for (String name : OptimizerConfig.SCHEDULES.names()) {
      assertEquals(name.equals("plateau") ? 0.1 : 1, usual(name).reduction(3), name);
      assertEquals(1, usual(name).reduction(2), name);
    }
  }

  @Test
  void anUnknownScheduleNamesThoseThereAre() {
    var error = assertThrows(RefusedException.class, () -> OptimizerConfig.SCHEDULES.of("step"));
    assertEquals(
        "Cannot choose schedule 'step': it must be one of constant, cosine, one-cycle, plateau",
        error.getMessage());
  }
}
