package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;

/**
 * Maps the train split's least value to 0 and its greatest to 1; where they are equal, only
 * subtracts, so that train comes out as 0. Values outside the range come out outside of 0 to 1.
 */
public record MinMax() implements Scale {
  @Override
  public double center(Moments moments, Quantiles quantiles) {
    return moments.min();
  }

  /** Beyond the greatest double the range is cut to it. */
  @Override
  public double scale(Moments moments, Quantiles quantiles) {
    double range = Math.min(moments.max() - moments.min(), Double.MAX_VALUE);
    return range > 0 ? range : 1.0;
  }
}
