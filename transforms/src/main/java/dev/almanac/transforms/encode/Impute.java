package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;

/** A step that fills missing cells with one number, and on request says where it did. */
public sealed interface Impute extends NumericStep
    permits ImputeMean, ImputeMedian, ImputeConstant {
  /** Whether a further feature {@code COLUMN.missing} holds 1 where a cell was null, else 0. */
  boolean indicator();

  /**
   * What goes into missing cells.
   *
   * @param quantiles null unless {@link #needsQuantiles}
   */
  double fill(Moments moments, Quantiles quantiles);
}
