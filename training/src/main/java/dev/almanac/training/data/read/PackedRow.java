package dev.almanac.training.data.read;

import java.nio.ByteOrder;

/**
 * The layout of a row in a window's memory: 64-bit words of two 32-bit cells each, in the order of
 * memory. Numeric features come first; categories and the label follow in words of their own. When
 * a part has an odd number of cells, its last cell is stored twice.
 */
public record PackedRow(int numeric, int nominal) {
  /** Rows of which one group of columns after the other is laid: they stay in the nearest cache. */
  private static final int BLOCK_ROWS = 512;

  /** Words that are laid in one go. */
  private static final int GROUP = 4;

  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  public static PackedRow of(EncodedColumns columns) {
    return new PackedRow(columns.numeric().size(), columns.nominal().size());
  }

  public int numericWords() {
    return (numeric + 1) / 2;
  }

  /** Words of the categories and the label. */
  int tailWords() {
    return (nominal + 2) / 2;
  }

  public int words() {
    return numericWords() + tailWords();
  }

  /** The column of a word's first cell, in the order of {@link EncodedColumns#names}. */
  private int first(int word) {
    return word < numericWords() ? 2 * word : numeric + 2 * (word - numericWords());
  }

  private int second(int word) {
    int end = word < numericWords() ? numeric : numeric + nominal + 1;
    return Math.min(first(word) + 1, end - 1);
  }

  /**
   * Lays rows, given as columns, each at a place of its own.
   *
   * @param cells column after column, each of {@code stride} cells, a float as its bits
   * @param at the word of {@code store} where each row begins
   */
  public void lay(int[] cells, int stride, int rows, int[] at, long[] store) {
    int words = words();
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      int to = Math.min(rows, from + BLOCK_ROWS);
      int word = 0;
      for (; word + GROUP <= words; word += GROUP) {
        four(
            cells,
            first(word) * stride,
            second(word) * stride,
            first(word + 1) * stride,
            second(word + 1) * stride,
            first(word + 2) * stride,
            second(word + 2) * stride,
            first(word + 3) * stride,
            second(word + 3) * stride,
            from,
            to,
            at,
            word,
            store);
      }
      for (; word < words; word++) {
        one(cells, first(word) * stride, second(word) * stride, from, to, at, word, store);
      }
    }
  }

  private static void four(
      int[] cells,
      int a,
      int b,
      int c,
      int d,
      int e,
      int f,
      int g,
      int h,
      int from,
      int to,
      int[] at,
      int word,
      long[] store) {
    for (int row = from; row < to; row++) {
      int first = at[row] + word;
      store[first] = word(cells[a + row], cells[b + row]);
      store[first + 1] = word(cells[c + row], cells[d + row]);
      store[first + 2] = word(cells[e + row], cells[f + row]);
      store[first + 3] = word(cells[g + row], cells[h + row]);
    }
  }

  private static void one(
      int[] cells, int a, int b, int from, int to, int[] at, int word, long[] store) {
    for (int row = from; row < to; row++) {
      store[at[row] + word] = word(cells[a + row], cells[b + row]);
    }
  }

  private static long word(int first, int second) {
    return LITTLE ? low(first) | high(second) : high(first) | low(second);
  }

  private static long low(int cell) {
    return cell & 0xFFFFFFFFL;
  }

  private static long high(int cell) {
    return (long) cell << Integer.SIZE;
  }

  /** A cell of the part of a row that begins at a word. */
  public static int cell(long[] store, int firstWord, int cell) {
    long word = store[firstWord + cell / 2];
    return (int) (LITTLE == (cell % 2 == 0) ? word : word >>> Integer.SIZE);
  }
}
