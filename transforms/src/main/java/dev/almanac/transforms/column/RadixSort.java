package dev.almanac.transforms.column;

/**
 * Sorts numbers by 64-bit keys in unsigned order; equal keys keep their order. Bytes that are the
 * same in all keys cost next to nothing. Not thread-safe.
 */
public final class RadixSort {
  private static final int DIGITS = Long.BYTES;
  private static final int RADIX = 256;

  private final int[] numbers;
  private final long[] keys;
  private final int[] otherNumbers;
  private final long[] otherKeys;

  /**
   * @param numbers sorted in place
   * @param keys one for each number, sorted along; may change between two sorts
   */
  RadixSort(int[] numbers, long[] keys) {
    this.numbers = numbers;
    this.keys = keys;
    this.otherNumbers = new int[numbers.length];
    this.otherKeys = new long[numbers.length];
  }

  /**
   * Sorts both arrays by the keys.
   *
   * @param keys one for each number
   */
  public static void sort(int[] numbers, long[] keys) {
    new RadixSort(numbers, keys).sort(0, numbers.length);
  }

  /** Sorts what lies from {@code from} to before {@code to}. */
  void sort(int from, int to) {
    int[][] counts = counts(from, to);
    long[] sourceKeys = keys;
    int[] source = numbers;
    long[] targetKeys = otherKeys;
    int[] target = otherNumbers;
    for (int digit = 0; digit < DIGITS && from < to; digit++) {
      int shift = 8 * digit;
      int[] places = counts[digit];
      if (places[(int) (sourceKeys[from] >>> shift) & 0xff] == to - from) {
        continue;
      }
      int start = from;
      for (int i = 0; i < RADIX; i++) {
        int count = places[i];
        places[i] = start;
        start += count;
      }
      for (int i = from; i < to; i++) {
        int at = places[(int) (sourceKeys[i] >>> shift) & 0xff]++;
        targetKeys[at] = sourceKeys[i];
        target[at] = source[i];
      }
      targetKeys = sourceKeys;
      sourceKeys = sourceKeys == keys ? otherKeys : keys;
      target = source;
      source = source == numbers ? otherNumbers : numbers;
    }
    if (source != numbers) {
      System.arraycopy(otherKeys, from, keys, from, to - from);
      System.arraycopy(otherNumbers, from, numbers, from, to - from);
    }
  }

  private int[][] counts(int from, int to) {
    int[][] counts = new int[DIGITS][RADIX];
    for (int i = from; i < to; i++) {
      long key = keys[i];
      for (int digit = 0; digit < DIGITS; digit++) {
        counts[digit][(int) (key >>> 8 * digit) & 0xff]++;
      }
    }
    return counts;
  }
}
