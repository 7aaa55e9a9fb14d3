package dev.almanac.transforms.column;

import java.util.Arrays;

/** Encoded categories: indices from 0, never null. */
public record IntColumn(int[] values) implements Column {
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
  public String text(int row) {
    return Integer.toString(values[row]);
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
