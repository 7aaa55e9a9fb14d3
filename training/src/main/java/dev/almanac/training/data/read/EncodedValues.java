package dev.almanac.training.data.read;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;

/** The rules for encoded values: numbers are finite, categories are within their vocabulary. */
public final class EncodedValues {
  private static final int EXPONENT = 0x7F800000;
  private static final int EXPONENT_UNIT = 0x00800000;

  private EncodedValues() {}

  /** What is wrong with the first bad cell, and in which row; null when all are good. */
  public record Fault(int row, String rule) {}

  /**
   * @param cardinality of a category column; not looked at for numbers
   */
  public static Fault find(Column column, int cardinality) {
    int[] cells;
    if (column instanceof FloatColumn floats) {
      float[] values = floats.values();
      cells = new int[values.length];
      for (int row = 0; row < cells.length; row++) {
        cells[row] = Float.floatToRawIntBits(values[row]);
      }
      return find(cells, 0, cells.length, -1);
    }
    cells = ((IntColumn) column).values();
    return find(cells, 0, cells.length, cardinality);
  }

  /**
   * @param cardinality of a category column; not looked at for numbers
   * @throws IOException naming the first bad row and what is wrong with it
   */
  static void check(Column column, int cardinality) throws IOException {
    Fault fault = find(column, cardinality);
    if (fault != null) {
      throw new ForeseenException("row %s: %s".formatted(fault.row(), fault.rule()));
    }
  }

  /**
   * The same of some cells.
   *
   * @param cells categories, or the bits of numbers
   * @param row of the first of them, for messages
   * @param cardinality of a category column; negative for numbers
   */
  static void check(int[] cells, int from, int count, int row, int cardinality) throws IOException {
    Fault fault = find(cells, from, from + count, cardinality);
    if (fault != null) {
      throw new ForeseenException("row %s: %s".formatted(row + fault.row(), fault.rule()));
    }
  }

  /**
   * The first bad cell of some; its row counts from {@code from}.
   *
   * @param cells categories, or the bits of numbers
   * @param cardinality of a category column; negative for numbers
   */
  private static Fault find(int[] cells, int from, int to, int cardinality) {
    return cardinality < 0 ? finite(cells, from, to) : inRange(cells, from, to, cardinality);
  }

  private static Fault finite(int[] bits, int from, int to) {
    int odd = 0;
    for (int i = from; i < to; i++) {
      // All exponent bits set is NaN or an infinity: one more carries into the sign. A loop without
      // a branch works on many cells at a time.
      odd |= (bits[i] & EXPONENT) + EXPONENT_UNIT;
    }
    if (odd >= 0) {
      return null;
    }
    int at = from;
    while (Float.isFinite(Float.intBitsToFloat(bits[at]))) {
      at++;
    }
    return new Fault(
        at - from, "a feature or label is finite (%s)".formatted(Float.intBitsToFloat(bits[at])));
  }

  private static Fault inRange(int[] values, int from, int to, int cardinality) {
    int greatest = cardinality - 1;
    int odd = 0;
    for (int i = from; i < to; i++) {
      // The sign is set where a value is negative, or is not and exceeds the greatest.
      odd |= values[i] | (greatest - values[i]);
    }
    if (odd >= 0) {
      return null;
    }
    int at = from;
    while (values[at] >= 0 && values[at] < cardinality) {
      at++;
    }
    return new Fault(
        at - from, "a category index is from 0 to %s (%s)".formatted(greatest, values[at]));
  }
}
