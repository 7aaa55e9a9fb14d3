package dev.almanac.transforms.column;

import java.util.Arrays;

/** Encoded features or a label: binary32 numbers, never null. */
public record FloatColumn(float[] values) implements Column {
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
  public FloatColumn take(int[] rows) {
    float[] taken = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return new FloatColumn(taken);
  }

  @Override
  public FloatColumn slice(int from, int until) {
    return new FloatColumn(Arrays.copyOfRange(values, from, until));
  }

  @Override
  public String text(int row) {
    return Float.toString(values[row]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatColumn that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
