package dev.almanac.transforms.column;

import java.util.Arrays;

/** Grows a column of binary64 numbers. */
public final class DoubleAppender extends ColumnAppender {
  private double[] values = new double[0];

  /** Appends a finite number; callers decide what becomes of the others. */
  public void append(double value) {
    int position = nextValid();
    values[position] = value;
  }

  @Override
  void append(Object value) {
    append((double) value);
  }

  @Override
  int ensure(int wanted) {
    if (wanted > values.length) {
      values = Arrays.copyOf(values, grown(values.length, wanted));
    }
    return values.length;
  }

  @Override
  void clear(int position) {
    values[position] = 0.0;
  }

  @Override
  Column take(int rows, Validity validity) {
    return new DoubleColumn(Arrays.copyOf(values, rows), validity);
  }
}
