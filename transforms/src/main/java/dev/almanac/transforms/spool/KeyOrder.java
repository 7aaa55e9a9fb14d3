package dev.almanac.transforms.spool;

/** Sorts positions by 64-bit keys in unsigned order; equal keys keep their order. */
public final class KeyOrder {
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 6;

  private KeyOrder() {}

  /** The positions of {@code keys} from the lowest key to the highest: a radix sort. */
  public static int[] of(long[] keys) {
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    int[] next = new int[keys.length];
    for (int digit = 0; digit < DIGITS; digit++) {
      int shift = digit * DIGIT_BITS;
      int[] starts = new int[(1 << DIGIT_BITS) + 1];
      for (long key : keys) {
        starts[(int) (key >>> shift & (1 << DIGIT_BITS) - 1) + 1]++;
      }
      for (int i = 1; i < starts.length; i++) {
        starts[i] += starts[i - 1];
      }
      for (int position : order) {
        next[starts[(int) (keys[position] >>> shift & (1 << DIGIT_BITS) - 1)]++] = position;
      }
      int[] swap = order;
      order = next;
      next = swap;
    }
    return order;
  }
}
