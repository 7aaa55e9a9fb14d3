package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  @Test
  void keepsTheFirstOfTheLowest() {
    EarlyStopping stopping = new EarlyStopping(0);
    float[] second = {2};
    assertTrue(stopping.hear(1, 5, new float[] {1}));
    assertTrue(stopping.hear(2, 3, second));
    assertFalse(stopping.hear(3, 3, new float[] {3}));
    assertFalse(stopping.hear(4, 4, new float[] {4}));
    assertSame(second, stopping.weights());
    assertEquals(2, stopping.epoch());
  }

  @Test
  void waitsAnewAfterEachBest() {
    EarlyStopping stopping = new EarlyStopping(2);
    double[] losses = {5, 6, 4, 5, 5};
    for (int epoch = 1; epoch <= losses.length; epoch++) {
      assertFalse(stopping.stops());
      stopping.hear(epoch, losses[epoch - 1], new float[0]);
    }
    assertTrue(stopping.stops());
  }

  @Test
  void aPatienceOfZeroNeverStops() {
    EarlyStopping stopping = new EarlyStopping(0);
    for (int epoch = 1; epoch < 100; epoch++) {
      stopping.hear(epoch, epoch, new float[0]);
    }
    assertFalse(stopping.stops());
  }
}
