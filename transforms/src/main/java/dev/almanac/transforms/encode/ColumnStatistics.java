package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;
import dev.almanac.transforms.analyze.ValueBuckets;
import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.column.Column;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a fit needs to know of one column; what it does not need is null. Not thread-safe.
 *
 * @param moments of a numeric column
 * @param quantiles of a numeric column whose steps ask for them
 * @param buckets of a numeric column
 * @param counts of a nominal column's texts
 */
public record ColumnStatistics(
    Moments moments, Quantiles quantiles, ValueBuckets buckets, ValueCounts counts) {
  private static final int MOMENTS = 1;
  private static final int QUANTILES = 2;
  private static final int COUNTS = 4;
  private static final int BUCKETS = 8;

  static ColumnStatistics ofNumbers(boolean withQuantiles) {
    return new ColumnStatistics(
        new Moments(), withQuantiles ? new Quantiles() : null, new ValueBuckets(), null);
  }

  static ColumnStatistics ofCategories() {
    return new ColumnStatistics(null, null, null, new ValueCounts());
  }

  void add(Column column) {
    if (moments != null) {
      moments.add(column);
    }
    if (quantiles != null) {
      quantiles.add(column);
    }
    if (buckets != null) {
      buckets.add(column);
    }
    if (counts != null) {
      counts.add(column.asText());
    }
  }

  /** Whether no cell held a value. */
  public boolean isEmpty() {
    return (moments == null ? counts.count() : moments.count()) == 0;
  }

  int parts() {
    return (moments == null ? 0 : MOMENTS)
        | (quantiles == null ? 0 : QUANTILES)
        | (buckets == null ? 0 : BUCKETS)
        | (counts == null ? 0 : COUNTS);
  }

  void merge(ColumnStatistics other) {
    merge(moments, other.moments);
    merge(quantiles, other.quantiles);
    merge(buckets, other.buckets);
    merge(counts, other.counts);
  }

  private static <A extends Analyzer<A>> void merge(A mine, A other) {
    if (mine != null) {
      mine.merge(other);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(parts());
    if (moments != null) {
      moments.write(out);
    }
    if (quantiles != null) {
      quantiles.write(out);
    }
    if (buckets != null) {
      buckets.write(out);
    }
    if (counts != null) {
      counts.write(out);
    }
  }

  /** Adds what another wrote; it has the same parts. */
  void merge(DataInput in) throws IOException {
    if (moments != null) {
      moments.merge(Moments.read(in));
    }
    if (quantiles != null) {
      quantiles.merge(Quantiles.read(in));
    }
    if (buckets != null) {
      buckets.merge(ValueBuckets.read(in));
    }
    if (counts != null) {
      counts.merge(in);
    }
  }

  static ColumnStatistics read(DataInput in) throws IOException {
    int parts = in.readByte();
    return new ColumnStatistics(
        (parts & MOMENTS) == 0 ? null : Moments.read(in),
        (parts & QUANTILES) == 0 ? null : Quantiles.read(in),
        (parts & BUCKETS) == 0 ? null : ValueBuckets.read(in),
        (parts & COUNTS) == 0 ? null : ValueCounts.read(in));
  }
}
