package dev.almanac.transforms.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundingTest {
  @Test
  void everyDoubleComesBackFromItsOwnFraction() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      double value = Samples.anyDouble(random);
      BigDecimal exact = new BigDecimal(value);
      BigInteger denominator = BigInteger.TEN.pow(Math.max(0, exact.scale()));
      BigInteger numerator = exact.multiply(new BigDecimal(denominator)).toBigIntegerExact();
      assertEquals(value + 0.0, Rounding.quotient(numerator, denominator, 0));
    }
  }

  @Test
  void quotientsOfIntegersAreWhatTheHardwareDivides() {
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      long left = random.nextLong() >> 11;
      long right = 1 + (random.nextLong() >>> 11 + random.nextInt(50));
      assertEquals(
          (double) left / right,
          Rounding.quotient(BigInteger.valueOf(left), BigInteger.valueOf(right), 0));
    }
  }

  @Test
  void rootsAreWhatTheHardwareDraws() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double square = Math.abs(Samples.anyDouble(random));
      int exponent = Math.getExponent(square) - 52;
      if (exponent < -1074) {
        continue;
      }
      BigInteger significand = new BigDecimal(Math.scalb(square, -exponent)).toBigIntegerExact();
      assertEquals(Math.sqrt(square), Rounding.squareRoot(significand, BigInteger.ONE, exponent));
    }
  }

  @Test
  void tiesGoToEvenAndAnythingMoreGoesUp() {
    BigInteger tie = BigInteger.ONE.shiftLeft(54).add(BigInteger.TWO);
    assertEquals(0x1p54, Rounding.quotient(tie, BigInteger.ONE, 0));
    BigInteger more = tie.shiftLeft(200).add(BigInteger.ONE);
    assertEquals(0x1p54 + 4, Rounding.quotient(more, BigInteger.ONE, -200));
  }

  @Test
  void denormalsAreRoundedOnce() {
    // 2^-1075 is half of the least double: a tie, to even zero; a trace more is the least double.
    assertEquals(0.0, Rounding.quotient(BigInteger.ONE, BigInteger.ONE, -1075));
    assertEquals(
        Double.MIN_VALUE,
        Rounding.quotient(
            BigInteger.ONE.shiftLeft(300).add(BigInteger.ONE), BigInteger.ONE, -1375));
    Random random = new Random(4);
    for (int i = 0; i < 1000; i++) {
      BigInteger numerator = new BigInteger(120, random);
      int exponent = -1074 - random.nextInt(130);
      BigDecimal exact =
          new BigDecimal(numerator)
              .divide(new BigDecimal(BigInteger.ONE.shiftLeft(-exponent)), new MathContext(1300));
      assertEquals(exact.doubleValue(), Rounding.quotient(numerator, BigInteger.ONE, exponent));
    }
  }

  @Test
  void beyondTheGreatestDoubleIsInfinite() {
    assertEquals(
        Double.NEGATIVE_INFINITY, Rounding.quotient(BigInteger.TWO.negate(), BigInteger.ONE, 1023));
  }
}
