package dev.almanac.training.data;

import dev.almanac.training.data.read.PackedRow;
import dev.almanac.training.data.shuffle.WindowPlaces;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** Copies packed rows into batches. Keeps a buffer: use one per thread. */
public final class BatchFiller {
  private static final int BLOCK_ROWS = 256;

  /** 64-bit words of a cache line of 64 bytes. */
  private static final int LINE_WORDS = 8;

  private final PackedRow row;
  private final long[] block;

  /** Keeps the compiler from dropping the touch as useless. */
  private long touched;

  public BatchFiller(PackedRow row) {
    this.row = row;
    this.block = new long[BLOCK_ROWS * row.numericWords()];
  }

  /**
   * Copies rows of a window into a batch, from its row {@code at} on: those from {@code from} to
   * before {@code to} of the window's order.
   */
  public void fill(LoadedWindow window, int from, int to, Batch batch, int at) {
    long[] store = window.store();
    int[] order = window.order();
    touch(store, window.places(), from, to);
    ByteBuffer numeric = batch.numericMemory();
    ByteBuffer categories = batch.categoryMemory();
    ByteBuffer labels = batch.labelMemory();
    int tail = row.numericWords();
    for (int start = from; start < to; start += BLOCK_ROWS) {
      int end = Math.min(to, start + BLOCK_ROWS);
      int target = at + start - from;
      if (row.numeric() % 2 == 0) {
        putWords(store, order, start, end, numeric.asLongBuffer(), target);
      } else {
        put(store, order, start, end, 0, row.numeric(), numeric, target);
      }
      put(store, order, start, end, tail, row.nominal(), categories, target);
      putLabels(store, order, start, end, labels, target);
    }
  }

  /**
   * Reads a word of every cache line of the buckets that begin here, one line after the other:
   * their rows are copied next in a random order, and then out of the cache.
   */
  private void touch(long[] store, WindowPlaces places, int from, int to) {
    long all = 0;
    int bucketEnd;
    for (int place = from; place < to; place = bucketEnd) {
      bucketEnd = places.bucketEnd(place);
      if (place == places.bucketStart(place)) {
        int end = bucketEnd * row.words();
        for (int word = place * row.words(); word < end; word += LINE_WORDS) {
          all ^= store[word];
        }
      }
    }
    touched ^= all;
  }

  /** An even number of cells: whole words, through a block in the nearest cache. */
  private void putWords(
      long[] store, int[] order, int start, int end, LongBuffer target, int targetRow) {
    int width = row.numericWords();
    int at = 0;
    for (int i = start; i < end; i++) {
      System.arraycopy(store, order[i], block, at, width);
      at += width;
    }
    target.put(targetRow * width, block, 0, at);
  }

  /**
   * Any number of cells, one word of all rows after the other. Of an odd number, the last word of a
   * row goes over into the first cell of the next, which is laid after it; only the last row's is
   * laid alone.
   */
  private static void put(
      long[] store,
      int[] order,
      int start,
      int end,
      int firstWord,
      int cells,
      ByteBuffer target,
      int targetRow) {
    int rowBytes = cells * Integer.BYTES;
    int base = targetRow * rowBytes;
    int words = cells / 2;
    if (cells % 2 == 1) {
      int at = base + words * Long.BYTES;
      putWord(store, order, start, end - 1, firstWord + words, target, at, rowBytes);
      target.putInt(
          at + (end - 1 - start) * rowBytes,
          PackedRow.cell(store, order[end - 1] + firstWord, cells - 1));
    }
    for (int word = words - 1; word >= 0; word--) {
      int at = base + word * Long.BYTES;
      putWord(store, order, start, end, firstWord + word, target, at, rowBytes);
    }
  }

  private static void putWord(
      long[] store,
      int[] order,
      int start,
      int end,
      int word,
      ByteBuffer target,
      int first,
      int stride) {
    int at = first;
    for (int i = start; i < end; i++) {
      target.putLong(at, store[order[i] + word]);
      at += stride;
    }
  }

  private void putLabels(
      long[] store, int[] order, int start, int end, ByteBuffer target, int targetRow) {
    int tail = row.numericWords();
    int at = targetRow * Integer.BYTES;
    for (int i = start; i < end; i++) {
      target.putInt(at, PackedRow.cell(store, order[i] + tail, row.nominal()));
      at += Integer.BYTES;
    }
  }
}
