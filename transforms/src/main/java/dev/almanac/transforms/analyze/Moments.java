package dev.almanac.transforms.analyze;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.NumberCases;
import dev.almanac.transforms.column.Validity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Count, nulls, least and greatest value, mean and variance of a column of numbers.
 *
 * <p>Sum and sum of squares are kept exactly, and mean, variance and standard deviation come out
 * correctly rounded: the double nearest to the true value for the cells as they are. Integers count
 * as themselves, also beyond 2^53; the least and the greatest are rounded to doubles. A zero is +0.
 */
public final class Moments implements Analyzer<Moments> {
  private static final int BLOCK = 4096;

  /** Within these bounds a block's sum of squares stays below 2^62. */
  private static final long SMALL = 1L << 25;

  private long count;
  private long nulls;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private final ExactSum sum;
  private final ExactSum squares;

  public Moments() {
    this(new ExactSum(), new ExactSum());
  }

  private Moments(ExactSum sum, ExactSum squares) {
    this.sum = sum;
    this.squares = squares;
  }

  /** How many cells hold a value. */
  @Override
  public long count() {
    return count;
  }

  public long nulls() {
    return nulls;
  }

  /** The least value; infinite when there is none. */
  public double min() {
    return min;
  }

  /** The greatest value; negatively infinite when there is none. */
  public double max() {
    return max;
  }

  /** The mean; NaN when there is no value. */
  public double mean() {
    return count == 0
        ? Double.NaN
        : Rounding.quotient(sum.scaled(), BigInteger.valueOf(count), ExactSum.LOWEST_EXPONENT);
  }

  /**
   * The mean square distance from the mean; NaN unless there are more than {@code ddof} values,
   * infinite beyond the greatest double.
   *
   * @param ddof what is taken from the count in the divisor: 0 for these cells' own variance, 1 for
   *     the unbiased estimate of the variance of what they were drawn from
   */
  public double variance(int ddof) {
    return count <= ddof
        ? Double.NaN
        : Rounding.quotient(spread(), divisor(ddof), 2 * ExactSum.LOWEST_EXPONENT);
  }

  /** The square root of the variance, rounded once; finite where the variance overflows. */
  public double standardDeviation(int ddof) {
    return count <= ddof
        ? Double.NaN
        : Rounding.squareRoot(spread(), divisor(ddof), 2 * ExactSum.LOWEST_EXPONENT);
  }

  /** {@code n * sum of squares - square of the sum}, in units of the square of the sum's unit. */
  private BigInteger spread() {
    BigInteger total = sum.scaled();
    return squares
        .scaled()
        .shiftLeft(-ExactSum.LOWEST_EXPONENT)
        .multiply(BigInteger.valueOf(count))
        .subtract(total.multiply(total));
  }

  private BigInteger divisor(int ddof) {
    return BigInteger.valueOf(count).multiply(BigInteger.valueOf(count - ddof));
  }

  /**
   * Adds every row.
   *
   * @throws IllegalArgumentException when the column holds no numbers
   */
  @Override
  public void add(Column column) {
    column.match(new Adding());
    nulls += column.nulls();
    count += column.rows() - column.nulls();
  }

  private final class Adding implements NumberCases<Void> {
    @Override
    public Void longs(LongColumn column) {
      add(column);
      return null;
    }

    @Override
    public Void doubles(DoubleColumn column) {
      add(column);
      return null;
    }

    @Override
    public Void none(Column column) {
      throw new IllegalArgumentException(
          "Cannot take moments: the column must hold numbers (%s)".formatted(column.type()));
    }
  }

  private void add(LongColumn column) {
    for (int from = 0; from < column.rows(); from += BLOCK) {
      int until = Math.min(column.rows(), from + BLOCK);
      addBlock(column.values(), from, until);
      range(column.values(), column.validity(), from, until);
    }
  }

  /** A null row holds 0, which changes no sum. */
  private void addBlock(long[] values, int from, int until) {
    long total = 0;
    long square = 0;
    long outside = 0;
    for (int row = from; row < until; row++) {
      long value = values[row];
      total += value;
      square += value * value;
      outside |= value + SMALL;
    }
    if ((outside & -2 * SMALL) == 0) {
      sum.add(total);
      squares.add(square);
      return;
    }
    for (int row = from; row < until; row++) {
      sum.add(values[row]);
      squares.addSquare(values[row]);
    }
  }

  private void range(long[] values, Validity validity, int from, int until) {
    long least = values[from];
    long most = least;
    for (int row = from + 1; row < until; row++) {
      least = Math.min(least, values[row]);
      most = Math.max(most, values[row]);
    }
    // A null row holds 0, which only shows where 0 is an end of the range.
    if (validity.hasNulls() && (least == 0 || most == 0)) {
      validRange(values, validity, from, until);
    } else {
      min = Math.min(min, least);
      max = Math.max(max, most);
    }
  }

  private void validRange(long[] values, Validity validity, int from, int until) {
    for (int row = from; row < until; row++) {
      if (validity.isValid(row)) {
        min = Math.min(min, values[row]);
        max = Math.max(max, values[row]);
      }
    }
  }

  private void add(DoubleColumn column) {
    double[] values = column.values();
    for (int from = 0; from < values.length; from += BLOCK) {
      int until = Math.min(values.length, from + BLOCK);
      if (runs(values, from, until) < (until - from) / 4) {
        addRuns(values, from, until);
      } else {
        ExactSum.add(values, from, until, sum, squares);
      }
    }
    range(values, column.validity());
  }

  /** How often a value differs from the one before. */
  private static int runs(double[] values, int from, int until) {
    int runs = 1;
    for (int row = from + 1; row < until; row++) {
      runs += values[row] == values[row - 1] ? 0 : 1;
    }
    return runs;
  }

  /** Runs of one value are added at once: a station's latitude is the same on every row. */
  private void addRuns(double[] values, int from, int until) {
    int row = from;
    while (row < until) {
      double value = values[row];
      int end = row + 1;
      while (end < until && values[end] == value) {
        end++;
      }
      sum.add(value, end - row);
      squares.addSquare(value, end - row);
      row = end;
    }
  }

  private void range(double[] values, Validity validity) {
    boolean hasNulls = validity.hasNulls();
    double least = min;
    double most = max;
    for (int row = 0; row < values.length; row++) {
      if (!hasNulls || validity.isValid(row)) {
        double value = values[row];
        least = value < least ? value : least;
        most = value > most ? value : most;
      }
    }
    min = least + 0.0;
    max = most + 0.0;
  }

  @Override
  public void merge(Moments other) {
    count += other.count;
    nulls += other.nulls;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    sum.merge(other.sum);
    squares.merge(other.squares);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Compact.writeLong(out, count);
    Compact.writeLong(out, nulls);
    out.writeDouble(min);
    out.writeDouble(max);
    sum.write(out);
    squares.write(out);
  }

  @Override
  public void merge(DataInput in) throws IOException {
    merge(read(in));
  }

  public static Moments read(DataInput in) throws IOException {
    long count = Compact.readLong(in);
    long nulls = Compact.readLong(in);
    double min = in.readDouble();
    double max = in.readDouble();
    Moments moments = new Moments(ExactSum.read(in), ExactSum.read(in));
    moments.count = count;
    moments.nulls = nulls;
    moments.min = min;
    moments.max = max;
    return moments;
  }
}
