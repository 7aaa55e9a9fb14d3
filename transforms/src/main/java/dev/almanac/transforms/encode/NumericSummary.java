package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Bins;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

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
 * @param quantiles those that a step asked for; null when none did
 * @param quantileRelativeError how far median and quantiles may be from the true ones, relative to
 *     them: 0 when they are exact, null when no step asked for any
 * @param bins about tenths of the values, which further rows are compared with; null of a label,
 *     and in a transform of an older Almanac
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
    List<QuantileValue> quantiles,
    Double quantileRelativeError,
    Bins bins)
    implements Serializable {

  public NumericSummary {
    quantiles = quantiles == null ? null : List.copyOf(quantiles);
  }

  /** With {@code quantiles} null, without a median. */
  public static NumericSummary of(Moments moments, Quantiles quantiles, int ddof) {
    return of(moments, quantiles, List.of(), ddof);
  }

  /**
   * With {@code quantiles} null, without a median.
   *
   * @param shares the quantiles to show
   */
  public static NumericSummary of(
      Moments moments, Quantiles quantiles, List<Double> shares, int ddof) {
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
        counted && !shares.isEmpty() ? values(quantiles, shares) : null,
        counted ? quantiles.relativeError() : null,
        null);
  }

  /** This summary with bins beside it. */
  public NumericSummary with(Bins counted) {
    return new NumericSummary(
        count,
        nulls,
        mean,
        standardDeviation,
        ddof,
        min,
        max,
        median,
        quantiles,
        quantileRelativeError,
        counted);
  }

  private static List<QuantileValue> values(Quantiles quantiles, List<Double> shares) {
    double[] values = quantiles.quantiles(shares);
    return IntStream.range(0, values.length)
        .mapToObj(i -> new QuantileValue(shares.get(i), values[i] + 0.0))
        .toList();
  }
}
