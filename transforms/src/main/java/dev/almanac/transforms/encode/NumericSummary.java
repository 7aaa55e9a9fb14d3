package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Bins;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;
import dev.almanac.transforms.analyze.ValueBuckets;
import java.io.Serializable;
import java.util.List;

/**
 * What train holds in a column of numbers, over the values present; a part is null where there is
 * no value.
 *
 * @param count cells with a value
 * @param nulls cells without
 * @param mean correctly rounded
 * @param standardDeviation with {@code ddof}, correctly rounded
 * @param ddof 0 when the sum of squares was divided by n, 1 for n - 1
 * @param quantiles null when no step asked for any
 * @param bins about tenths of the values, which further rows are compared with; null of a label
 */
public record NumericSummary(
    long count,
    long nulls,
    Double mean,
    Double standardDeviation,
    int ddof,
    Range range,
    TrainQuantiles quantiles,
    Bins bins)
    implements Serializable {

  /** Tenths are what the population stability index is usually taken over. */
  private static final int REFERENCE_BINS = 10;

  /** The least and the greatest value. */
  public record Range(double min, double max) implements Serializable {}

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
        any ? new Range(moments.min(), moments.max()) : null,
        quantiles == null ? null : TrainQuantiles.of(quantiles, shares),
        train.has(ValueBuckets.class) ? train.of(ValueBuckets.class).bins(REFERENCE_BINS) : null);
  }

  /** Null where there is no value. */
  public Double min() {
    return range == null ? null : range.min();
  }

  /** Null where there is no value. */
  public Double max() {
    return range == null ? null : range.max();
  }

  /** Of the label: what a fit knows of it, without quantiles and bins. */
  public static NumericSummary of(ColumnStatistics train) {
    return of(train, List.of(), 0);
  }
}
