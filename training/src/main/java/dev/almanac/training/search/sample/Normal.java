package dev.almanac.training.search.sample;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.InverseErfc;

/** The standard normal distribution. */
final class Normal {
  static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private static final double ROOT_TWO = Math.sqrt(2);

  /** Left of it the mass is less than a double's smallest normal number. */
  private static final double TAIL = -35;

  /** Below it a strip is as good as flat, and what its ends differ by is rounding. */
  private static final double NARROW = 1e-5;

  private Normal() {}

  /** The mass left of a place. */
  static double below(double place) {
    return 0.5 * Erfc.value(-place / ROOT_TWO);
  }

  /** The place left of which there is so much mass. */
  static double quantile(double mass) {
    return -ROOT_TWO * InverseErfc.value(2 * mass);
  }

  /** The logarithm of the mass between two places, the lower first; precise in both tails. */
  static double logMass(double from, double until) {
    if (from > 0) {
      return logMass(-until, -from);
    }
    if (until - from < NARROW) {
      double middle = 0.5 * (from + until);
      return Math.log(until - from) - 0.5 * middle * middle - LOG_ROOT_TWO_PI;
    }
    if (until > 0) {
      return Math.log1p(-below(from) - below(-until));
    }
    if (until > TAIL) {
      double mass = below(until);
      double less = below(from);
      // Of two nearly equal numbers the difference is theirs of the logarithms, where it is
      // precise.
      if (less < 0.9 * mass) {
        return Math.log(mass - less);
      }
    }
    double log = logBelow(until);
    return log + Math.log1p(-Math.exp(logBelow(from) - log));
  }

  private static double logBelow(double place) {
    return place > -1
        ? Math.log(below(place))
        : Math.log(0.5 * Erfcx.value(-place / ROOT_TWO)) - 0.5 * place * place;
  }
}
