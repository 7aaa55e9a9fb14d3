package dev.almanac.training.data;

import dev.almanac.training.data.read.PackedRow;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * Whole batches of rows for a device that mixes them itself, such as a GPU: first the rows left
 * over from the window before, already in order, then the rows of a window in memory, with the
 * order to take them in.
 *
 * <p>Valid until the next one is asked for. Not thread-safe.
 */
public final class UnmixedWindow {
  private final PackedRow row;
  private final BatchPool batches;
  private final Batch left;
  private final long[] store;
  private final int storeRows;
  private final int[] order;
  private final int from;
  private final int to;

  /**
   * @param batches for copies
   * @param left rows that come first
   * @param store the window's rows, each as {@link PackedRow} says
   * @param order the place of each row, in the order in which they come
   * @param from where in that order the rows begin
   * @param to where they end
   */
  UnmixedWindow(
      PackedRow row,
      BatchPool batches,
      Batch left,
      long[] store,
      int storeRows,
      int[] order,
      int from,
      int to) {
    this.row = row;
    this.batches = batches;
    this.left = left;
    this.store = store;
    this.storeRows = storeRows;
    this.order = order;
    this.from = from;
    this.to = to;
  }

  /** How many rows come: those left over and those of the window. */
  public int rows() {
    return left.rows() + to - from;
  }

  /** Rows that come first, as they are. */
  public Batch left() {
    return left;
  }

  /** How many rows {@link #words} hold. */
  public int storedRows() {
    return storeRows;
  }

  /**
   * Words of 64 bits a stored row, of two cells of 32 as they follow one another in memory: numeric
   * features (float32) from the first cell on, categories (int32) and then the label (float32) from
   * cell {@link #firstCategory} on.
   */
  public int rowWords() {
    return row.words();
  }

  public int firstCategory() {
    return 2 * row.numericWords();
  }

  /** Some stored rows, {@code from} to before {@code to}: {@code [to - from, rowWords]}. */
  public LongBuffer words(int from, int to) {
    int first = from * row.words();
    return LongBuffer.wrap(store, first, to * row.words() - first).slice();
  }

  /** Which stored rows come, in this order, after those left over. */
  public IntBuffer order() {
    return IntBuffer.wrap(order, from, to - from).slice();
  }

  /** Some rows, as they come, in a batch of their own; for who is in no hurry. */
  public Batch copy(int first, int count) {
    Batch into = batches.take(Math.max(1, count));
    into.open(count, true);
    ByteBuffer numeric = into.numericMemory();
    ByteBuffer categories = into.categoryMemory();
    ByteBuffer labels = into.labelMemory();
    int old = Math.max(0, Math.min(count, left.rows() - first));
    if (old > 0) {
      put(left.numeric(), first, old, row.numeric(), numeric);
      put(left.categories(), first, old, row.nominal(), categories);
      put(left.labels(), first, old, 1, labels);
    }
    int tail = row.numericWords();
    for (int i = old; i < count; i++) {
      int word = order[from + first + i - left.rows()] * row.words();
      for (int cell = 0; cell < row.numeric(); cell++) {
        numeric.putInt(PackedRow.cell(store, word, cell));
      }
      for (int cell = 0; cell < row.nominal(); cell++) {
        categories.putInt(PackedRow.cell(store, word + tail, cell));
      }
      labels.putInt(PackedRow.cell(store, word + tail, row.nominal()));
    }
    return into;
  }

  private static void put(ByteBuffer from, int first, int rows, int width, ByteBuffer to) {
    to.put(from.slice(first * width * Integer.BYTES, rows * width * Integer.BYTES));
  }
}
