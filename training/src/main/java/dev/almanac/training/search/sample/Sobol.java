package dev.almanac.training.search.sample;

import dev.almanac.training.search.trial.Draw;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Sobol's sequence with the direction numbers of Joe and Kuo (Constructing Sobol sequences with
 * better two-dimensional projections, 2008), each coordinate scrambled as Owen does (Randomly
 * permuted (t,m,s)-nets, 1995): every binary digit is turned or not, by a hash of seed, coordinate
 * and the digits before it. That keeps how evenly the points lie, and makes each of them uniform.
 */
final class Sobol {
  /** Coordinates for which there are direction numbers. */
  static final int MOST = 1000;

  private static final int BITS = 52;

  private final int dimensions;

  Sobol(int dimensions) {
    this.dimensions = dimensions;
  }

  /** A point of the sequence as it is published, from the origin. */
  double[] point(int number) {
    return new SobolSequenceGenerator(dimensions).skipTo(number);
  }

  /** The same point, scrambled; each coordinate from 0, inclusive, to 1, exclusive. */
  double[] point(int number, long seed) {
    double[] point = point(number);
    for (int i = 0; i < dimensions; i++) {
      point[i] = scrambled(point[i], Draw.of(seed, i, "sobol").bits());
    }
    return point;
  }

  private static double scrambled(double place, long key) {
    long digits = (long) (place * (1L << BITS));
    long turned = 0;
    for (int bit = BITS - 1; bit >= 0; bit--) {
      long before = digits >>> bit + 1;
      boolean isTurned = Draw.place(key ^ before, bit, "") < 0.5;
      turned |= (isTurned ? ~digits : digits) & 1L << bit;
    }
    return turned * 0x1.0p-52;
  }
}
