package dev.almanac.transforms.column;

import java.util.Arrays;

/** 64-bit integers, or dates as days since 1970-01-01. A null row holds 0. */
public record LongColumn(long[] values, Validity validity) implements Column {
  public LongColumn {
    if (values.length != validity.rows()) {
      throw new IllegalArgumentException(
          "Cannot make a column: %s values and validity of %s rows"
              .formatted(values.length, validity.rows()));
    }
  }

  public static LongColumn of(long... values) {
    return new LongColumn(values, Validity.all(values.length));
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
  public LongColumn take(int[] rows) {
    long[] taken = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return new LongColumn(taken, validity.take(rows));
  }

  @Override
  public LongColumn slice(int from, int until) {
    return new LongColumn(Arrays.copyOfRange(values, from, until), validity.slice(from, until));
  }

  @Override
  public String text(int row) {
    return isNull(row) ? null : Long.toString(values[row]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LongColumn that
        && Arrays.equals(values, that.values)
        && validity.equals(that.validity);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + validity.hashCode();
  }
}
