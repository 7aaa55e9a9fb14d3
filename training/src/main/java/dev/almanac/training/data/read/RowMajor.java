package dev.almanac.training.data.read;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;

/**
 * Turns columns into rows of 32-bit words; a float is stored as its bits.
 *
 * <p>Works on a few hundred rows at a time, so that they stay in the processor's nearest cache
 * while the columns are written into them one by one.
 */
public final class RowMajor {
  public static final int BLOCK_ROWS = 256;

  private RowMajor() {}

  /** Lays cells of one column into words {@code at}, {@code at + stride}, ... */
  public static void lay(Column column, int from, int to, int[] words, int at, int stride) {
    int word = at;
    if (column instanceof FloatColumn floats) {
      float[] values = floats.values();
      for (int row = from; row < to; row++) {
        words[word] = Float.floatToRawIntBits(values[row]);
        word += stride;
      }
    } else {
      int[] values = ((IntColumn) column).values();
      for (int row = from; row < to; row++) {
        words[word] = values[row];
        word += stride;
      }
    }
  }
}
