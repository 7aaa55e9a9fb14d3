package dev.almanac.transforms.analyze;

import java.math.BigInteger;

/** Exact rational numbers rounded once to a double: to nearest, ties to even. */
final class Rounding {
  /**
   * More bits than a double's 53 and the one that decides; a last, sticky bit stands for the rest.
   */
  private static final int WORKING_BITS = 64;

  private static final int PRECISION = 53;
  private static final int LEAST_EXPONENT = -1074;

  private Rounding() {}

  /**
   * {@code numerator / denominator * 2^exponent}; infinite when beyond the greatest double.
   *
   * @param denominator above zero
   */
  static double quotient(BigInteger numerator, BigInteger denominator, int exponent) {
    BigInteger magnitude = numerator.abs();
    int shift = WORKING_BITS - magnitude.bitLength() + denominator.bitLength();
    double rounded = rounded(divided(magnitude, denominator, shift), exponent - shift);
    return numerator.signum() < 0 ? -rounded : rounded;
  }

  /**
   * The square root of {@code numerator / denominator * 2^exponent}.
   *
   * @param numerator not below zero
   * @param denominator above zero
   */
  static double squareRoot(BigInteger numerator, BigInteger denominator, int exponent) {
    int shift = 2 * WORKING_BITS - numerator.bitLength() + denominator.bitLength();
    shift += exponent - shift & 1;
    BigInteger square = divided(numerator, denominator, shift);
    BigInteger root = square.sqrt();
    boolean exact = root.multiply(root).equals(square);
    return rounded(exact ? root : root.setBit(0), (exponent - shift) / 2);
  }

  /** The quotient after a shift of the numerator, its lowest bit set when there is a remainder. */
  private static BigInteger divided(BigInteger numerator, BigInteger denominator, int shift) {
    BigInteger[] parts =
        shift >= 0
            ? numerator.shiftLeft(shift).divideAndRemainder(denominator)
            : numerator.divideAndRemainder(denominator.shiftLeft(-shift));
    return parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
  }

  private static double rounded(BigInteger magnitude, int exponent) {
    if (magnitude.signum() == 0) {
      return 0.0;
    }
    int drop = Math.max(magnitude.bitLength() - PRECISION, LEAST_EXPONENT - exponent);
    if (drop <= 0) {
      return Math.scalb(magnitude.doubleValue(), exponent);
    }
    BigInteger kept = magnitude.shiftRight(drop);
    boolean half = magnitude.testBit(drop - 1);
    boolean more = magnitude.getLowestSetBit() < drop - 1;
    if (half && (more || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return Math.scalb(kept.doubleValue(), exponent + drop);
  }
}
