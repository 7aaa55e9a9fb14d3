package dev.almanac.transforms.column;

import dev.almanac.transforms.problem.RefusedException;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The cells of one column of a {@link ColumnBatch}.
 *
 * <p>The arrays inside are never written after construction, whoever holds them. Two columns are
 * equal when they are of the same type and have the same nulls and the same values row by row.
 *
 * <p>What only one kind of work asks of a column, and asks of each type differently, is a {@link
 * ColumnCases}; what many ask is a method here.
 */
public sealed interface Column
    permits LongColumn, DoubleColumn, StringColumn, FloatColumn, IntColumn {
  ColumnType type();

  int rows();

  boolean isNull(int row);

  int nulls();

  /** Which rows hold a value. */
  Validity validity();

  /** The given rows, in the given order. */
  Column take(int[] rows);

  /** The rows from {@code from} to before {@code until}. */
  Column slice(int from, int until);

  /**
   * The same cells, null where {@code kept} has none.
   *
   * @throws RefusedException for encoded columns, which have no null
   */
  Column keep(Validity kept);

  /**
   * The cells as numbers, 0 where null: integers as the nearest doubles, dates as days since
   * 1970-01-01. It may be the column's own array and is not to be written.
   *
   * @throws RefusedException for text
   */
  double[] numbers();

  /**
   * The cells as text, how categories, classes and hashes see them: integers in decimal, doubles in
   * Java's shortest form that reads back as the same number (-0.0 as 0.0), dates as {@code
   * yyyy-MM-dd}. Text is made once for each distinct value; a column of text is returned as it is.
   *
   * @throws RefusedException for encoded columns, which have no categories
   */
  StringColumn asText();

  /** The cell as text for a person: null stays null, dates are {@code yyyy-MM-dd}. */
  String text(int row);

  /** The cell as an object: Long, Double, Float, Integer, String or LocalDate, or null. */
  Object value(int row);

  /** Whether a cell is anything but an infinity or NaN. */
  default boolean isFinite(int row) {
    return true;
  }

  /** How the values of two rows compare, neither of which is null; text as strings do. */
  int compare(int left, int right);

  /** About what the cells take in memory, in bytes. */
  long bytes();

  /** Writes the cells as {@link BatchFormat} says. */
  void write(DataOutput out) throws IOException;

  /** What the cases make of a column of this kind. */
  <T> T match(ColumnCases<T> cases);
}
