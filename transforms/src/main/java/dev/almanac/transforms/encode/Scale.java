package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;

/** A step that maps {@code x} to {@code (x - center) / scale}. */
public sealed interface Scale extends NumericStep permits Standardize, MinMax, RobustScale {
  /**
   * What becomes zero.
   *
   * @param quantiles null unless {@link #needsQuantiles}
   */
  double center(Moments moments, Quantiles quantiles);

  /**
   * Above zero.
   *
   * @param quantiles null unless {@link #needsQuantiles}
   */
  double scale(Moments moments, Quantiles quantiles);
}
