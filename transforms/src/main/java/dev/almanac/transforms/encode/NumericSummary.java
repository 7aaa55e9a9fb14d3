package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;
import java.io.Serializable;

/**
 * What train holds in a column of numbers, over the values present; each number is null where there
 * is none.
 *
 * @param count cells with a value
 * @param nulls cells without
 * @param mean correctly rounded
 * @param standardDeviation with {@code ddof}, correctly rounded
 * @param ddof 0 when the sum of squares was divided by n, 1 for n - 1
 * @param median null when no step asked for it
 * @param medianRelativeError 0 when the median is exact
 */
public record NumericSummary(
    long count,
    long nulls,
    Double mean,
    Double standardDeviation,
    int ddof,
    Double min,
    Double max,
    Double median,
    Double medianRelativeError)
    implements Serializable {

  /** With {@code quantiles} null, without a median. */
  public static NumericSummary of(Moments moments, Quantiles quantiles, int ddof) {
    boolean any = moments.count() > 0;
    boolean counted = quantiles != null && any;
    return new NumericSummary(
        moments.count(),
        moments.nulls(),
        any ? moments.mean() : null,
        moments.count() > ddof ? moments.standardDeviation(ddof) : null,
        ddof,
        any ? moments.min() : null,
        any ? moments.max() : null,
        counted ? quantiles.median() : null,
        counted ? quantiles.relativeError() : null);
  }
}
