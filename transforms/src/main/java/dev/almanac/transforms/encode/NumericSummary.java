package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Bins;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;
import dev.almanac.transforms.analyze.ValueBuckets;
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
 * @param bins about tenths of the values, which further rows are compared with; null of a label
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

  /** Tenths are what the population stability index is usually taken over. */
  private static final int REFERENCE_BINS = 10;

  public NumericSummary {
    quantiles = quantiles == null ? null : List.copyOf(quantiles);
  }

  /**
   * Of what was learned: a median and quantiles, and bins, where those were asked for.
   *
   * @param shares the quantiles to show
   */
  static NumericSummary of(ColumnStatistics train, List<Double> shares, int ddof) {
    Moments moments = train.of(Moments.class);
    boolean any = moments.count() > 0;
    Quantiles quantiles = any && train.has(Quantiles.class) ? train.of(Quantiles.class) : null;
    return new NumericSummary(
        moments.count(),
        moments.nulls(),
        any ? moments.mean() : null,
        moments.count() > ddof ? moments.standardDeviation(ddof) : null,
        ddof,
        any ? moments.min() : null,
        any ? moments.max() : null,
        quantiles == null ? null : quantiles.median(),
        quantiles == null || shares.isEmpty() ? null : values(quantiles, shares),
        quantiles == null ? null : quantiles.relativeError(),
        train.has(ValueBuckets.class) ? train.of(ValueBuckets.class).bins(REFERENCE_BINS) : null);
  }

  /** Of the label: what a fit knows of it, without quantiles and bins. */
  public static NumericSummary of(ColumnStatistics train) {
    return of(train, List.of(), 0);
  }

  private static List<QuantileValue> values(Quantiles quantiles, List<Double> shares) {
    double[] values = quantiles.quantiles(shares);
    return IntStream.range(0, values.length)
        .mapToObj(i -> new QuantileValue(shares.get(i), values[i] + 0.0))
        .toList();
  }
}
