package dev.almanac.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianIsOneOfTheFigures() {
    assertEquals(new Spread(1, 2, 9), Spread.of(List.of(9.0, 1.0, 2.0)));
    assertEquals(new Spread(1, 2, 9), Spread.of(List.of(9.0, 1.0, 2.0, 3.0)));
    assertEquals(new Spread(7, 7, 7), Spread.of(List.of(7.0)));
  }

  @Test
  void ratiosAreTakenPairByPair() {
    // Twice as long in every round, although the rounds differ by far more than that.
    assertEquals(
        new Spread(2, 2, 2), Spread.ofRatios(List.of(2.0, 200.0, 20.0), List.of(1.0, 100.0, 10.0)));
  }

  @Test
  void figuresOfDifferentRoundsAreNotPaired() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Spread.ofRatios(List.of(1.0), List.of()));
    assertEquals("Cannot pair figures: there must be as many (1 and 0)", e.getMessage());
  }

  @Test
  void theTextNamesTheEndsOnlyWhereTheyDiffer() {
    assertEquals("2.0 (1.0-9.0)", new Spread(1, 2, 9).text("%.1f"));
    assertEquals("2.0", new Spread(1.99, 2, 2.01).text("%.1f"));
  }
}
