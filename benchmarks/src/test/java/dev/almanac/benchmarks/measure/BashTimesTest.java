package dev.almanac.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BashTimesTest {
  @Test
  void theSecondLineIsOfTheChildren() {
    assertEquals(64.75, BashTimes.children("0m0.001s 0m9.000s\n1m1.500s 0m3.250s\n"), 1e-9);
  }

  @Test
  void localesWithCommasAreRead() {
    assertEquals(1.75, BashTimes.children("0m0,001s 0m9,000s\n0m1,500s 0m0,250s\n"), 1e-9);
  }
}
