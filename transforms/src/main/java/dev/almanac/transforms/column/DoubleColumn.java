package dev.almanac.transforms.column;

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
  public String text(int row) {
    return isNull(row) ? null : Double.toString(values[row]);
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
