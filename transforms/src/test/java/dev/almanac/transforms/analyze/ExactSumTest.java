package dev.almanac.transforms.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  @Test
  void theSumIsTheBigDecimalSumRoundedOnce() {
    Random random = new Random(3);
    for (int round = 0; round < 20; round++) {
      ExactSum sum = new ExactSum();
      BigDecimal oracle = BigDecimal.ZERO;
      int spread = 1 + random.nextInt(2000);
      for (int i = 0; i < 300; i++) {
        double term = Math.scalb(random.nextDouble() - 0.5, random.nextInt(spread) - spread / 2);
        sum.add(term);
        oracle = oracle.add(new BigDecimal(term));
      }
      assertEquals(oracle.doubleValue(), sum.value());
    }
  }

  @Test
  void squaresAreExact() {
    Random random = new Random(4);
    ExactSum sum = new ExactSum();
    BigDecimal oracle = BigDecimal.ZERO;
    for (int i = 0; i < 1500; i++) {
      double root = Samples.anyDouble(random);
      sum.addSquare(root);
      oracle = oracle.add(new BigDecimal(root).pow(2));
    }
    assertEquals(0, oracle.compareTo(exact(sum)));
  }

  @Test
  void integersAndTheirSquaresAreExact() {
    Random random = new Random(5);
    ExactSum sum = new ExactSum();
    BigInteger oracle = BigInteger.ZERO;
    for (int i = 0; i < 5000; i++) {
      long term = i < 2500 ? random.nextLong() : Long.MIN_VALUE;
      sum.add(term);
      sum.addSquare(term);
      BigInteger exact = BigInteger.valueOf(term);
      oracle = oracle.add(exact).add(exact.multiply(exact));
    }
    assertEquals(0, new BigDecimal(oracle).compareTo(exact(sum)));
  }

  @Test
  void aTermAddedOftenIsItsMultiple() {
    Random random = new Random(6);
    for (int i = 0; i < 500; i++) {
      double term = Samples.anyDouble(random);
      int times = random.nextInt() >>> 1 + random.nextInt(30);
      ExactSum sum = new ExactSum();
      sum.add(term, times);
      sum.addSquare(term, times);
      BigDecimal exact = new BigDecimal(term);
      BigDecimal oracle = exact.add(exact.pow(2)).multiply(BigDecimal.valueOf(times));
      assertEquals(0, oracle.compareTo(exact(sum)));
    }
  }

  @Test
  void whatCancelsLeavesZero() {
    ExactSum sum = new ExactSum();
    for (double term : new double[] {1e308, 1e-320, -3, 3, -1e308, -1e-320}) {
      sum.add(term);
    }
    assertTrue(sum.isZero());
    assertEquals(0.0, sum.value());
  }

  private static BigDecimal exact(ExactSum sum) {
    return new BigDecimal(sum.scaled())
        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(-ExactSum.LOWEST_EXPONENT)));
  }
}
