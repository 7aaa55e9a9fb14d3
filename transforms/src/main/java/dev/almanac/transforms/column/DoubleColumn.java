package dev.almanac.transforms.column;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Finite binary64 numbers. A null row holds 0.0. */
public record DoubleColumn(double[] values, Validity validity) implements Column {
  public DoubleColumn {
    if (values.length != validity.rows()) {
      throw new IllegalArgumentException(
          "Cannot make a column: %s values and validity of %s rows"
              .formatted(values.length, validity.rows()));
    }
  }

  public static DoubleColumn of(double... values) {
    return new DoubleColumn(values, Validity.all(values.length));
  }

  @Override
  public ColumnType type() {
    return ColumnType.DOUBLE;
  }

  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public boolean isNull(int row) {
    return !validity.isValid(row);
  }

  @Override
  public int nulls() {
    return validity.nulls();
  }

  @Override
  public DoubleColumn take(int[] rows) {
    double[] taken = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return new DoubleColumn(taken, validity.take(rows));
  }

  @Override
  public DoubleColumn slice(int from, int until) {
    return new DoubleColumn(Arrays.copyOfRange(values, from, until), validity.slice(from, until));
  }

  @Override
  public DoubleColumn keep(Validity kept) {
    double[] left = values.clone();
    for (int row = 0; row < left.length; row++) {
      left[row] = kept.isValid(row) ? left[row] : 0.0;
    }
    return new DoubleColumn(left, validity.and(kept));
  }

  @Override
  public double[] numbers() {
    return values;
  }

  @Override
  public StringColumn asText() {
    long[] bits = new long[values.length];
    for (int row = 0; row < bits.length; row++) {
      bits[row] = Double.doubleToLongBits(values[row] + 0.0);
    }
    return DistinctTexts.of(bits, validity, key -> Double.toString(Double.longBitsToDouble(key)));
  }

  @Override
  public String text(int row) {
    return isNull(row) ? null : Double.toString(values[row]);
  }

  @Override
  public Double value(int row) {
    return isNull(row) ? null : (Double) values[row];
  }

  @Override
  public boolean isFinite(int row) {
    return Double.isFinite(values[row]);
  }

  @Override
  public int compare(int left, int right) {
    return Double.compare(values[left], values[right]);
  }

  @Override
  public long bytes() {
    return (long) Double.BYTES * values.length;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    BatchFormat.writeValidity(validity, out);
    ByteBuffer bytes = BatchFormat.buffer(Double.BYTES * values.length);
    bytes.asDoubleBuffer().put(values);
    out.write(bytes.array());
  }

  @Override
  public <T> T match(ColumnCases<T> cases) {
    return cases.doubles(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DoubleColumn that
        && Arrays.equals(values, that.values)
        && validity.equals(that.validity);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + validity.hashCode();
  }
}
