package dev.almanac.transforms.column;

import java.util.Arrays;

/** Grows a column of integers or of dates. */
public final class LongAppender extends ColumnAppender {
  private long[] values = new long[0];

  public void append(long value) {
    int position = nextValid();
    values[position] = value;
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
    values[position] = 0L;
  }

  @Override
  Column take(int rows, Validity validity) {
    return new LongColumn(Arrays.copyOf(values, rows), validity);
  }
}
