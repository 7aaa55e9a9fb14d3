package dev.almanac.transforms.column;

import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * 64-bit integers, or dates as days since 1970-01-01. A null row holds 0.
 *
 * @param type long or date
 */
public record LongColumn(ColumnType type, long[] values, Validity validity) implements Column {
  public LongColumn {
    if (type != ColumnType.LONG && type != ColumnType.DATE) {
      throw new IllegalArgumentException(
          "Cannot make a column: 64-bit integers are of type long or date (%s)".formatted(type));
    }
    if (values.length != validity.rows()) {
      throw new IllegalArgumentException(
          "Cannot make a column: %s values and validity of %s rows"
              .formatted(values.length, validity.rows()));
    }
  }

  /** Integers. */
  public LongColumn(long[] values, Validity validity) {
    this(ColumnType.LONG, values, validity);
  }

  /** Integers, none of them null. */
  public static LongColumn of(long... values) {
    return new LongColumn(values, Validity.all(values.length));
  }

  /** Dates as days since 1970-01-01, none of them null. */
  public static LongColumn dates(long... days) {
    return new LongColumn(ColumnType.DATE, days, Validity.all(days.length));
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
    return new LongColumn(type, taken, validity.take(rows));
  }

  @Override
  public LongColumn slice(int from, int until) {
    return new LongColumn(
        type, Arrays.copyOfRange(values, from, until), validity.slice(from, until));
  }

  @Override
  public LongColumn keep(Validity kept) {
    long[] left = values.clone();
    for (int row = 0; row < left.length; row++) {
      left[row] = kept.isValid(row) ? left[row] : 0L;
    }
    return new LongColumn(type, left, validity.and(kept));
  }

  @Override
  public double[] numbers() {
    double[] numbers = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      numbers[row] = values[row];
    }
    return numbers;
  }

  @Override
  public StringColumn asText() {
    return DistinctTexts.of(values, validity, this::text);
  }

  private String text(long value) {
    return type == ColumnType.DATE ? LocalDate.ofEpochDay(value).toString() : Long.toString(value);
  }

  @Override
  public String text(int row) {
    return isNull(row) ? null : text(values[row]);
  }

  @Override
  public Object value(int row) {
    if (isNull(row)) {
      return null;
    }
    return type == ColumnType.DATE ? LocalDate.ofEpochDay(values[row]) : (Object) values[row];
  }

  @Override
  public int compare(int left, int right) {
    return Long.compare(values[left], values[right]);
  }

  @Override
  public long bytes() {
    return (long) Long.BYTES * values.length;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    BatchFormat.writeValidity(validity, out);
    BatchFormat.writeLongs(values, out);
  }

  @Override
  public <T> T match(ColumnCases<T> cases) {
    return cases.longs(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LongColumn that
        && type == that.type
        && Arrays.equals(values, that.values)
        && validity.equals(that.validity);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + validity.hashCode();
  }
}
