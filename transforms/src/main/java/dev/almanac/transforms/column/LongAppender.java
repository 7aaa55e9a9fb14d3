package dev.almanac.transforms.column;

import java.util.Arrays;

/** Grows a column of integers or of dates. */
public final class LongAppender extends ColumnAppender {
  private final ColumnType type;
  private long[] values = new long[0];

  /** An appender of integers. */
  public LongAppender() {
    this(ColumnType.LONG);
  }

  /**
   * @param type long or date
   */
  public LongAppender(ColumnType type) {
    this.type = type;
  }

  public void append(long value) {
    int position = nextValid();
    values[position] = value;
  }

  @Override
  void append(Object value) {
    append((long) value);
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
    return new LongColumn(type, Arrays.copyOf(values, rows), validity);
  }
}
