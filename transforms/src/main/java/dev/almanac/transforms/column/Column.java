package dev.almanac.transforms.column;

/**
 * The cells of one column of a {@link ColumnBatch}.
 *
 * <p>The arrays inside are never written after construction, whoever holds them. Two columns are
 * equal when they have the same nulls and the same values row by row.
 */
public sealed interface Column
    permits LongColumn, DoubleColumn, StringColumn, FloatColumn, IntColumn {
  int rows();

  boolean isNull(int row);

  int nulls();

  /** The given rows, in the given order. */
  Column take(int[] rows);

  /** The rows from {@code from} to before {@code until}. */
  Column slice(int from, int until);

  /** The cell as text for a person: null stays null, dates are days. */
  String text(int row);
}
