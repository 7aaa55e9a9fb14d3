package dev.almanac.transforms.analyze;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.QuadraticallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.Store;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.Validity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Quantiles of a column of numbers: exact up to {@value #EXACT_VALUES} distinct values, beyond that
 * within a relative error of {@value #RELATIVE_ERROR}.
 *
 * <p>Few values are counted one by one. More of them go into the buckets of a DDSketch, which only
 * add up and never collapse; which of the two it is depends on the number of distinct values alone.
 * So the order of merging changes nothing. A sketch takes what is nearer to zero than the least
 * normal double for zero, and is within a percent at the last percent below the greatest. The
 * mapping from values to buckets uses a polynomial and no logarithm, which would differ between
 * machines in its last bit.
 */
public final class Quantiles implements Analyzer<Quantiles> {
  /** The most distinct values that are counted exactly. */
  public static final int EXACT_VALUES = 65_536;

  /** How far a value beyond that may be from the true one, relative to it. */
  public static final double RELATIVE_ERROR = 0.001;

  private static final IndexMapping MAPPING = new QuadraticallyInterpolatedMapping(RELATIVE_ERROR);

  /** Null when there is a sketch. */
  private LongCounts counts = new LongCounts();

  /** Null while every value is counted. */
  private DDSketch sketch;

  private long count;

  /** How many cells held a value. */
  @Override
  public long count() {
    return count;
  }

  public boolean isExact() {
    return sketch == null;
  }

  /** The relative error of {@link #quantile}: 0 when exact. */
  public double relativeError() {
    return isExact() ? 0.0 : RELATIVE_ERROR;
  }

  /** The middle value, or the mean of the two in the middle; NaN when there is no value. */
  public double median() {
    return quantile(0.5);
  }

  /**
   * The value at a share of the way from the least to the greatest, interpolated linearly between
   * the two ranks around {@code (count - 1) * share}; NaN when there is no value.
   *
   * @param share from 0 to 1
   */
  public double quantile(double share) {
    return quantiles(List.of(share))[0];
  }

  /** Several {@link #quantile quantiles} in one pass, in the order of the shares. */
  public double[] quantiles(List<Double> shares) {
    double[] found = new double[shares.size()];
    if (count == 0) {
      Arrays.fill(found, Double.NaN);
      return found;
    }
    List<Entry> entries = entries();
    long[] until = new long[entries.size()];
    long seen = 0;
    for (int i = 0; i < until.length; i++) {
      seen += entries.get(i).count;
      until[i] = seen;
    }
    for (int i = 0; i < found.length; i++) {
      double rank = (count - 1) * shares.get(i);
      long lower = (long) Math.floor(rank);
      double weight = rank - lower;
      double left = valueAt(entries, until, lower);
      double right = weight == 0 ? left : valueAt(entries, until, lower + 1);
      found[i] = left == right ? left : left * (1 - weight) + right * weight;
    }
    return found;
  }

  /** The first entry that ends beyond a rank; {@code until} holds the ranks where entries end. */
  private static double valueAt(List<Entry> entries, long[] until, long rank) {
    int from = 0;
    int to = until.length - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (until[middle] > rank) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return entries.get(from).value;
  }

  private record Entry(double value, long count) {}

  /** Values or buckets in ascending order. */
  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    if (isExact()) {
      for (double value : sortedValues()) {
        entries.add(new Entry(value, counts.count(Double.doubleToLongBits(value))));
      }
      return entries;
    }
    Iterator<Bin> negative = sketch.getNegativeValueStore().getDescendingIterator();
    negative.forEachRemaining(bin -> entries.add(entry(bin, -1)));
    entries.add(new Entry(0.0, zeros()));
    Iterator<Bin> positive = sketch.getPositiveValueStore().getAscendingIterator();
    positive.forEachRemaining(bin -> entries.add(entry(bin, 1)));
    return entries;
  }

  private static Entry entry(Bin bin, int sign) {
    return new Entry(sign * MAPPING.value(bin.getIndex()), (long) bin.getCount());
  }

  private long zeros() {
    double others =
        sketch.getNegativeValueStore().getTotalCount()
            + sketch.getPositiveValueStore().getTotalCount();
    return count - (long) others;
  }

  private double[] sortedValues() {
    double[] values = Arrays.stream(counts.keys()).mapToDouble(Double::longBitsToDouble).toArray();
    Arrays.sort(values);
    return values;
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
          "Cannot take quantiles: the column must hold numbers (%s)".formatted(column.type()));
    }
    double[] values = column.numbers();
    Validity validity = column.validity();
    for (int row = 0; row < values.length; row++) {
      if (validity.isValid(row)) {
        add(values[row] + 0.0, 1);
      }
    }
  }

  private void add(double value, long times) {
    count += times;
    if (sketch != null) {
      sketch.accept(tracked(value), times);
      return;
    }
    counts.add(Double.doubleToLongBits(value), times);
    if (counts.size() > EXACT_VALUES) {
      sketch();
    }
  }

  private void sketch() {
    sketch = new DDSketch(MAPPING, UnboundedSizeDenseStore::new);
    counts.forEach((key, times) -> sketch.accept(tracked(Double.longBitsToDouble(key)), times));
    counts = null;
  }

  /** The last percent below the greatest double shares its end's bucket. */
  private static double tracked(double value) {
    double end = MAPPING.maxIndexableValue();
    return Math.max(-end, Math.min(end, value));
  }

  @Override
  public void merge(Quantiles other) {
    if (other.sketch != null) {
      if (sketch == null) {
        sketch();
      }
      sketch.mergeWith(other.sketch);
      count += other.count;
    } else {
      other.counts.forEach((key, times) -> add(Double.longBitsToDouble(key), times));
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(isExact());
    Compact.writeLong(out, count);
    if (isExact()) {
      double[] values = sortedValues();
      Compact.writeInt(out, values.length);
      for (double value : values) {
        out.writeDouble(value);
        Compact.writeLong(out, counts.count(Double.doubleToLongBits(value)));
      }
    } else {
      write(out, sketch.getNegativeValueStore());
      write(out, sketch.getPositiveValueStore());
    }
  }

  private static void write(DataOutput out, Store store) throws IOException {
    List<Bin> bins = new ArrayList<>();
    store.getAscendingIterator().forEachRemaining(bins::add);
    Compact.writeInt(out, bins.size());
    for (Bin bin : bins) {
      out.writeInt(bin.getIndex());
      Compact.writeLong(out, (long) bin.getCount());
    }
  }

  @Override
  public void merge(DataInput in) throws IOException {
    merge(read(in));
  }

  public static Quantiles read(DataInput in) throws IOException {
    Quantiles quantiles = new Quantiles();
    boolean exact = in.readBoolean();
    long count = Compact.readLong(in);
    if (exact) {
      for (int left = Compact.readInt(in); left > 0; left--) {
        quantiles.counts.add(in.readLong(), Compact.readLong(in));
      }
    } else {
      Store negative = readStore(in);
      Store positive = readStore(in);
      double zeros = count - negative.getTotalCount() - positive.getTotalCount();
      quantiles.sketch = DDSketch.of(MAPPING, negative, positive, zeros);
      quantiles.counts = null;
    }
    quantiles.count = count;
    return quantiles;
  }

  private static Store readStore(DataInput in) throws IOException {
    Store store = new UnboundedSizeDenseStore();
    for (int left = Compact.readInt(in); left > 0; left--) {
      store.add(in.readInt(), Compact.readLong(in));
    }
    return store;
  }
}
