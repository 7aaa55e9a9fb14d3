package dev.almanac.transforms.csv.scan;

import java.util.Arrays;

/**
 * Where the cells of one row end. Places count from the row's start, so that the row may move in
 * memory. The first cells are kept, as many as are wanted; the others are only counted.
 */
final class RowCells {
  private static final int ALL = Integer.MAX_VALUE - 2 * Block.SIZE;

  /** {@code ends[i + 1]} is the end of cell i; {@code ends[0]} is -1. */
  private int[] ends = new int[2 * Block.SIZE];

  private int wanted = ALL;
  private int count;

  RowCells() {
    ends[0] = -1;
  }

  void want(int cells) {
    wanted = cells;
    reserve(cells + 1);
  }

  /** Starts a row: no cell has ended. */
  void clear() {
    count = 0;
  }

  /**
   * Ends a cell at each separator of a block.
   *
   * @param from the block's place
   */
  void endAll(long separators, int from) {
    int added = Long.bitCount(separators);
    if (count < wanted) {
      reserve(count + added);
      int[] places = ends;
      int end = count + 1;
      for (long left = separators; left != 0; left &= left - 1) {
        places[end++] = from + Long.numberOfTrailingZeros(left);
      }
    }
    count += added;
  }

  /** Ends a cell. */
  void end(int at) {
    if (count < wanted) {
      reserve(count + 1);
      ends[count + 1] = at;
    }
    count++;
  }

  /** Ends a cell that nobody will look at. */
  void count() {
    count++;
  }

  private void reserve(int cells) {
    if (cells + 1 >= ends.length) {
      ends = Arrays.copyOf(ends, Math.max(2 * ends.length, cells + 2));
    }
  }

  int size() {
    return count;
  }

  /** The first byte of a cell. */
  int from(int cell) {
    return ends[cell] + 1;
  }

  /** The end of a cell. */
  int to(int cell) {
    return ends[cell + 1];
  }
}
