package dev.almanac.transforms.column;

import java.util.Arrays;

/**
 * Grows a column cell by cell; {@link #rewind} takes back the cells of a row that turned out bad.
 *
 * <p>Not thread-safe. After {@link #build} the appender is empty and may be used again; the column
 * built keeps its own arrays.
 */
public abstract sealed class ColumnAppender permits LongAppender, DoubleAppender, StringAppender {
  private static final int FIRST_CAPACITY = 1024;

  private long[] valid = new long[FIRST_CAPACITY >>> 6];
  private int capacity;
  private int nulls;
  private int size;

  /** An appender for a column of this type: long, date, double or string. */
  public static ColumnAppender of(ColumnType type) {
    return switch (type) {
      case LONG, DATE -> new LongAppender(type);
      case DOUBLE -> new DoubleAppender();
      case STRING -> new StringAppender();
      case FLOAT32, INT32 ->
          throw new IllegalArgumentException(
              "Cannot append cells to a column of %s: only encoders make it".formatted(type));
    };
  }

  public final int size() {
    return size;
  }

  /** How many of the cells so far are null. */
  public final int nulls() {
    return nulls;
  }

  public final void appendNull() {
    clear(next());
    nulls++;
  }

  /** Appends a Long, a Double or a String, as the column's type has it, or null. */
  public final void appendValue(Object value) {
    if (value == null) {
      appendNull();
    } else {
      append(value);
    }
  }

  /** Takes back every cell from {@code rows} on. */
  public final void rewind(int rows) {
    while (size > rows) {
      size--;
      long bit = 1L << size;
      if ((valid[size >>> 6] & bit) == 0) {
        nulls--;
      } else {
        valid[size >>> 6] &= ~bit;
      }
    }
  }

  /** The column of all cells so far. */
  public final Column build() {
    Validity validity =
        nulls == 0 ? Validity.all(size) : Validity.of(size, Arrays.copyOf(valid, valid.length));
    Column column = take(size, validity);
    Arrays.fill(valid, 0L);
    size = 0;
    nulls = 0;
    return column;
  }

  /** Appends so many nulls. */
  public final void appendNulls(int count) {
    for (int i = 0; i < count; i++) {
      appendNull();
    }
  }

  /** The position of a new cell, null until its bit is set. */
  final int next() {
    if (size == capacity) {
      grow();
    }
    return size++;
  }

  private void grow() {
    if (size >>> 6 == valid.length) {
      valid = Arrays.copyOf(valid, 2 * valid.length);
    }
    capacity = Math.min(ensure(size + 1), valid.length << 6);
  }

  /** The position of a new cell that holds a value. */
  final int nextValid() {
    int position = next();
    valid[position >>> 6] |= 1L << position;
    return position;
  }

  abstract void append(Object value);

  /** Makes room for so many cells and returns for how many there is. */
  abstract int ensure(int wanted);

  /** Puts what a null row holds into the cell. */
  abstract void clear(int position);

  abstract Column take(int rows, Validity validity);

  static int grown(int capacity, int wanted) {
    return Math.max(Math.max(FIRST_CAPACITY, wanted), capacity + (capacity >>> 1));
  }
}
