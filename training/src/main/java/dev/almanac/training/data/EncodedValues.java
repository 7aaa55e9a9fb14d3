package dev.almanac.training.data;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;

/** The promises that encoded columns keep: numbers are finite, categories have an index. */
final class EncodedValues {
  private static final int EXPONENT = 0x7F800000;

  private EncodedValues() {}

  /** What is wrong with the first bad cell, and in which row; null when all are good. */
  record Fault(int row, String rule) {}

  /**
   * @param cardinality of a category column; not looked at for numbers
   */
  static Fault find(Column column, int cardinality) {
    if (column instanceof FloatColumn floats) {
      return finite(floats.values());
    }
    return inRange(((IntColumn) column).values(), cardinality);
  }

  private static Fault finite(float[] values) {
    boolean odd = false;
    for (float value : values) {
      // All exponent bits set is NaN or an infinity; without a branch the loop stays short.
      odd |= (Float.floatToRawIntBits(value) & EXPONENT) == EXPONENT;
    }
    if (!odd) {
      return null;
    }
    int row = 0;
    while (Float.isFinite(values[row])) {
      row++;
    }
    return new Fault(row, "a feature or label is finite (%s)".formatted(values[row]));
  }

  private static Fault inRange(int[] values, int cardinality) {
    int least = 0;
    int greatest = -1;
    for (int value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (least >= 0 && greatest < cardinality) {
      return null;
    }
    int row = 0;
    while (values[row] >= 0 && values[row] < cardinality) {
      row++;
    }
    return new Fault(
        row, "a category index is from 0 to %d (%d)".formatted(cardinality - 1, values[row]));
  }
}
