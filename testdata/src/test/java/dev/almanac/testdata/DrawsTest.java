package dev.almanac.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawsTest {

  private static final int MANY = 400_000;

  @Test
  void bitsAreThoseOfTheJdksSplitMix() {
    for (long stream = 0; stream < 20; stream++) {
      Draws draws = new Draws(5, stream);
      SplittableRandom oracle =
          new SplittableRandom(Draws.mix(Draws.mix(5) + stream * 0x9E3779B97F4A7C15L));
      for (int i = 0; i < 100; i++) {
        assertEquals(oracle.nextLong(), draws.bits());
      }
    }
  }

  @Test
  void normalDrawsHaveMeanZeroAndDeviationOne() {
    Draws draws = new Draws(1, 1);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < MANY; i++) {
      double value = draws.normal();
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / MANY, 0.006);
    assertEquals(1, squares / MANY, 0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.56, 0.7, 0.95})
  void gammaDrawsHaveMeanOneAndTheVarianceOfTheirShape(double shape) {
    QuantileTable table = QuantileTable.gamma(shape);
    Draws draws = new Draws(2, 1);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < MANY; i++) {
      double value = table.at(draws.bits());
      sum += value;
      squares += value * value;
    }
    double mean = sum / MANY;
    assertEquals(1, mean, 0.01);
    assertEquals(1 / shape, squares / MANY - mean * mean, 0.03 / shape);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.2, 0.5})
  void gapsTakeTheirShareInTheLongRun(double share) {
    Gaps gaps = new Gaps(share, new Draws(3, 1));
    int missing = 0;
    for (int i = 0; i < 10 * MANY; i++) {
      missing += gaps.missingNext() ? 1 : 0;
    }
    assertEquals(share, missing / (10.0 * MANY), 0.05 * share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1500000000", "1.5GB", "1.5 gb", "1500MB", "1500000kb"})
  void countsOfBytesAreReadAsPeopleWriteThem(String text) {
    assertEquals(1_500_000_000L, ByteCount.parse(text));
  }

  @Test
  void binaryUnitsArePowersOfTwo() {
    assertEquals(3L << 29, ByteCount.parse("1.5GiB"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GB", "-1", "1.2.3", "5 parsecs", "99999999999TB", "1IB"})
  void otherTextsAreNoCountsOfBytes(String text) {
    assertTrue(
        assertThrows(NumberFormatException.class, () -> ByteCount.parse(text))
            .getMessage()
            .contains("bytes"));
  }
}
