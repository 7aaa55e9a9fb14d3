package dev.almanac.transforms.encode.vocabulary;

import java.util.Arrays;

/**
 * A list of numbers that repeat for long: the counts of a vocabulary, most of which are small, fall
 * and so come in few runs. Immutable and thread-safe.
 */
final class Runs {
  private final int[] ends;
  private final long[] numbers;

  private Runs(int[] ends, long[] numbers) {
    this.ends = ends;
    this.numbers = numbers;
  }

  /** Grows a list. */
  static final class Builder {
    private int[] ends = new int[8];
    private long[] numbers = new long[8];
    private int runs;
    private int size;

    void add(long number) {
      size++;
      if (runs > 0 && numbers[runs - 1] == number) {
        ends[runs - 1] = size;
        return;
      }
      if (runs == ends.length) {
        ends = Arrays.copyOf(ends, 2 * runs);
        numbers = Arrays.copyOf(numbers, 2 * runs);
      }
      ends[runs] = size;
      numbers[runs++] = number;
    }

    Runs build() {
      return new Runs(Arrays.copyOf(ends, runs), Arrays.copyOf(numbers, runs));
    }
  }

  long get(int place) {
    int found = Arrays.binarySearch(ends, place);
    return numbers[found < 0 ? ~found : found + 1];
  }

  long sum() {
    long sum = 0;
    for (int run = 0; run < ends.length; run++) {
      sum += numbers[run] * (ends[run] - (run == 0 ? 0 : ends[run - 1]));
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Runs that
        && Arrays.equals(ends, that.ends)
        && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ends) + Arrays.hashCode(numbers);
  }
}
