package dev.almanac.transforms.column;

import dev.almanac.transforms.problem.RefusedException;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Encoded categories: indices from 0, never null. */
public record IntColumn(int[] values) implements Column {
  @Override
  public ColumnType type() {
    return ColumnType.INT32;
  }

  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public boolean isNull(int row) {
    return false;
  }

  @Override
  public int nulls() {
    return 0;
  }

  @Override
  public IntColumn take(int[] rows) {
    int[] taken = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return new IntColumn(taken);
  }

  @Override
  public IntColumn slice(int from, int until) {
    return new IntColumn(Arrays.copyOfRange(values, from, until));
  }

  @Override
  public Validity validity() {
    return Validity.all(values.length);
  }

  @Override
  public IntColumn keep(Validity kept) {
    throw new RefusedException(
        "Cannot clear cells of a column of %s: an encoded column has no null".formatted(type()));
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
    throw new RefusedException(
        "Cannot read a column of %s as text: only source columns have categories"
            .formatted(type()));
  }

  @Override
  public String text(int row) {
    return Integer.toString(values[row]);
  }

  @Override
  public Integer value(int row) {
    return values[row];
  }

  @Override
  public int compare(int left, int right) {
    return Integer.compare(values[left], values[right]);
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * values.length;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    BatchFormat.writeCodes(values, out);
  }

  @Override
  public <T> T match(ColumnCases<T> cases) {
    return cases.ints(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntColumn that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
