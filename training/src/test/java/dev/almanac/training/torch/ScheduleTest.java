package dev.almanac.training.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.config.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static double share(String schedule, long step, long steps) {
    return Schedule.of(schedule).share(step, steps);
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
    for (String name : new String[] {"constant", "cosine", "one-cycle"}) {
      for (long step = 0; step < steps; step++) {
        double share = share(name, step, steps);
        assertTrue(share > 0 && share <= 1, name + " " + step + " of " + steps + ": " + share);
      }
    }
  }

  @Test
  void patienceCountsOnlyWhereTheRateHasFallenToHalf() {
    assertTrue(Schedule.of("constant").isCalm(0, 100));
    assertFalse(Schedule.of("cosine").isCalm(49, 100));
    assertTrue(Schedule.of("cosine").isCalm(50, 100));
    assertFalse(Schedule.of("one-cycle").isCalm(0, 100), "the rate is low, but on its way up");
    assertFalse(Schedule.of("one-cycle").isCalm(60, 100));
    assertTrue(Schedule.of("one-cycle").isCalm(65, 100));
    assertTrue(Schedule.of("one-cycle").isCalm(99, 100));
  }

  @Test
  void anUnknownScheduleNamesThoseThereAre() {
    var error = assertThrows(TrainingException.class, () -> Schedule.of("step"));
    assertEquals(
        "Cannot train with schedule 'step': schedules are constant, plateau, cosine, one-cycle",
        error.getMessage());
  }
}
