package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.column.ColumnType;
import org.apache.parquet.format.Statistics;

/**
 * The least and the greatest number of a column chunk, as parquet's statistics want them: none at
 * all once a NaN was seen, and zeros of both signs where a bound is zero.
 */
final class NumberRange {
  private final ColumnType type;
  private long least;
  private long greatest;
  private double leastReal;
  private double greatestReal;
  private boolean nan;

  NumberRange(ColumnType type) {
    this.type = type;
    clear();
  }

  void clear() {
    least = Long.MAX_VALUE;
    greatest = Long.MIN_VALUE;
    leastReal = Double.POSITIVE_INFINITY;
    greatestReal = Double.NEGATIVE_INFINITY;
    nan = false;
  }

  void addFloats(float[] values, int from, int to) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    boolean odd = false;
    for (int i = from; i < to; i++) {
      float value = values[i];
      low = value < low ? value : low;
      high = value > high ? value : high;
      odd |= value != value;
    }
    addReal(low, high, odd);
  }

  void addDoubles(double[] values, int from, int to) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean odd = false;
    for (int i = from; i < to; i++) {
      double value = values[i];
      low = value < low ? value : low;
      high = value > high ? value : high;
      odd |= value != value;
    }
    addReal(low, high, odd);
  }

  private void addReal(double low, double high, boolean odd) {
    leastReal = Math.min(leastReal, low);
    greatestReal = Math.max(greatestReal, high);
    nan |= odd;
  }

  void addInts(int[] values, int from, int to) {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (int i = from; i < to; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    if (from < to) {
      least = Math.min(least, low);
      greatest = Math.max(greatest, high);
    }
  }

  void addLongs(long[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      addLong(values[i]);
    }
  }

  void addLong(long value) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }

  /** Whether every integer so far has 32 bits. */
  boolean isOfInts() {
    return least >= Integer.MIN_VALUE && greatest <= Integer.MAX_VALUE || least > greatest;
  }

  /** The integer that is furthest from 0. */
  long furthest() {
    return greatest > Integer.MAX_VALUE ? greatest : least;
  }

  /** Sets the bounds when there are any. */
  void describe(Statistics statistics) {
    boolean real = type == ColumnType.FLOAT32 || type == ColumnType.DOUBLE;
    if (real ? nan || leastReal > greatestReal : least > greatest) {
      return;
    }
    // Comparisons take -0.0 and 0.0 for equal, so either may have been found first.
    double low = leastReal == 0 ? -0.0 : leastReal;
    double high = greatestReal == 0 ? 0.0 : greatestReal;
    switch (type) {
      case FLOAT32 -> {
        statistics.setMin_value(PageBytes.ofInt(Float.floatToIntBits((float) low)));
        statistics.setMax_value(PageBytes.ofInt(Float.floatToIntBits((float) high)));
      }
      case DOUBLE -> {
        statistics.setMin_value(PageBytes.ofLong(Double.doubleToLongBits(low)));
        statistics.setMax_value(PageBytes.ofLong(Double.doubleToLongBits(high)));
      }
      case LONG -> {
        statistics.setMin_value(PageBytes.ofLong(least));
        statistics.setMax_value(PageBytes.ofLong(greatest));
      }
      default -> {
        statistics.setMin_value(PageBytes.ofInt((int) least));
        statistics.setMax_value(PageBytes.ofInt((int) greatest));
      }
    }
  }
}
