package dev.almanac.transforms.analyze;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.Validity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many values of a column of numbers lie in each of at most {@value #MOST} buckets: the shape
 * of a distribution, in little enough memory to be kept of every column.
 *
 * <p>A value is told by the bits of its double, in an order that is that of the values. While there
 * are few different ones each is its own bucket; beyond that the last bits of all are dropped, as
 * many as it takes and no more. How many that is depends on the set of values alone: fewer values
 * never need more dropped, and dropping twice is dropping once. So counts are exact, the order of
 * rows and merges changes nothing, and every machine cuts alike. A bucket holds the values from its
 * lower end to before the next one's.
 */
public final class ValueBuckets implements Analyzer<ValueBuckets> {
  /** The most buckets; 16 KB. */
  public static final int MOST = 512;

  private static final long INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private LongCounts counts = new LongCounts();
  private int dropped;
  private long count;

  /** How many cells held a value. */
  @Override
  public long count() {
    return count;
  }

  /** How many bits are dropped: 0 while every value is told apart. */
  public int dropped() {
    return dropped;
  }

  /** Rises with the value. */
  private static long bits(double value) {
    return value >= 0
        ? Double.doubleToRawLongBits(value + 0.0)
        : -Double.doubleToRawLongBits(-value);
  }

  /** The least value of a bucket. */
  private static double lowerEnd(long bucket, int dropped) {
    long bits = bucket << dropped;
    return bits >= 0
        ? Double.longBitsToDouble(bits)
        : -Double.longBitsToDouble(Math.min(-bits, INFINITY));
  }

  /**
   * Bins of about equally many values each, and fewer bins where many values are alike.
   *
   * <p>The edges are the lower ends of the buckets that hold the quantiles 1/bins, 2/bins, ...; the
   * counts are exact.
   *
   * @param most the number of bins to ask for
   */
  public Bins bins(int most) {
    List<Double> edges = new ArrayList<>();
    List<Long> filled = new ArrayList<>();
    long below = 0;
    long inBin = 0;
    int next = 1;
    for (long bucket : sorted()) {
      long here = counts.count(bucket);
      boolean holdsQuantile = false;
      while (next < most && (count - 1) * (double) next / most < below + here) {
        holdsQuantile = true;
        next++;
      }
      if (holdsQuantile && below > 0) {
        edges.add(lowerEnd(bucket, dropped));
        filled.add(inBin);
        inBin = 0;
      }
      below += here;
      inBin += here;
    }
    filled.add(inBin);
    return new Bins(edges, filled);
  }

  private long[] sorted() {
    long[] buckets = counts.keys();
    Arrays.sort(buckets);
    return buckets;
  }

  /**
   * Adds every row; integers as the nearest doubles.
   *
   * @throws IllegalArgumentException when the column holds no numbers
   */
  @Override
  public void add(Column column) {
    if (!column.type().isNumeric()) {
      throw new IllegalArgumentException(
          "Cannot count values in buckets: the column must hold numbers (%s)"
              .formatted(column.type()));
    }
    double[] values = column.numbers();
    Validity validity = column.validity();
    for (int row = 0; row < values.length; row++) {
      if (validity.isValid(row)) {
        add(bits(values[row]) >> dropped, 1);
      }
    }
  }

  private void add(long bucket, long times) {
    counts.add(bucket, times);
    count += times;
    while (counts.size() > MOST) {
      drop(dropped + 1);
    }
  }

  /** Drops bits until so many are. */
  private void drop(int wanted) {
    LongCounts fine = counts;
    int more = wanted - dropped;
    counts = new LongCounts();
    dropped = wanted;
    fine.forEach((bucket, times) -> counts.add(bucket >> more, times));
  }

  @Override
  public void merge(ValueBuckets other) {
    if (other.dropped > dropped) {
      drop(other.dropped);
    }
    // Adding may drop more bits, each time of the others' buckets, too.
    other.counts.forEach((bucket, times) -> add(bucket >> dropped - other.dropped, times));
  }

  /** Writes the buckets in rising order, each by its distance from the one before. */
  @Override
  public void write(DataOutput out) throws IOException {
    long[] buckets = sorted();
    out.writeByte(dropped);
    Compact.writeInt(out, buckets.length);
    long last = 0;
    for (long bucket : buckets) {
      Compact.writeLong(out, bucket - last);
      Compact.writeLong(out, counts.count(bucket));
      last = bucket;
    }
  }

  @Override
  public void merge(DataInput in) throws IOException {
    merge(read(in));
  }

  public static ValueBuckets read(DataInput in) throws IOException {
    ValueBuckets buckets = new ValueBuckets();
    buckets.dropped = in.readByte();
    long bucket = 0;
    for (int left = Compact.readInt(in); left > 0; left--) {
      bucket += Compact.readLong(in);
      buckets.add(bucket, Compact.readLong(in));
    }
    return buckets;
  }
}
