package dev.almanac.transforms.column;

import java.util.Arrays;

/**
 * Which rows of a column hold a value. Immutable.
 *
 * <p>A bit a row, 64 rows a word, the lowest bit first; a column without nulls has no words at all.
 * Bits past the last row are zero.
 */
public final class Validity {
  private final int rows;
  private final long[] words;
  private final int nulls;

  private Validity(int rows, long[] words, int nulls) {
    this.rows = rows;
    this.words = words;
    this.nulls = nulls;
  }

  /** Every row holds a value. */
  public static Validity all(int rows) {
    return new Validity(rows, null, 0);
  }

  /**
   * Reads the bits of {@code words}, which the caller gives up; a set bit is a value.
   *
   * @param words at least {@code ceil(rows / 64)} words
   */
  public static Validity of(int rows, long[] words) {
    int length = (rows + 63) >>> 6;
    long[] own = words.length == length ? words : Arrays.copyOf(words, length);
    if ((rows & 63) != 0) {
      own[length - 1] &= (1L << rows) - 1;
    }
    int valid = 0;
    for (long word : own) {
      valid += Long.bitCount(word);
    }
    return valid == rows ? all(rows) : new Validity(rows, own, rows - valid);
  }

  public int rows() {
    return rows;
  }

  public int nulls() {
    return nulls;
  }

  public boolean hasNulls() {
    return nulls != 0;
  }

  public boolean isValid(int row) {
    return words == null || (words[row >>> 6] >>> row & 1L) != 0;
  }

  /** Rows that are valid here and in the other, which has as many rows. */
  public Validity and(Validity other) {
    if (words == null) {
      return other;
    }
    if (other.words == null) {
      return this;
    }
    long[] both = words.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= other.words[i];
    }
    return of(rows, both);
  }

  /** The validity of the given rows, in the given order. */
  public Validity take(int[] taken) {
    if (words == null) {
      return all(taken.length);
    }
    long[] bits = new long[(taken.length + 63) >>> 6];
    for (int i = 0; i < taken.length; i++) {
      if (isValid(taken[i])) {
        bits[i >>> 6] |= 1L << i;
      }
    }
    return of(taken.length, bits);
  }

  /** The validity of the rows from {@code from} to before {@code until}. */
  public Validity slice(int from, int until) {
    int length = until - from;
    if (words == null || length == 0) {
      return all(length);
    }
    long[] moved = new long[(length + 63) >>> 6];
    int first = from >>> 6;
    for (int i = 0; i < moved.length; i++) {
      long high = first + i + 1 < words.length ? words[first + i + 1] : 0L;
      // A shift by 64 would be one by 0, hence in two steps.
      moved[i] = words[first + i] >>> from | high << 1 << ~from;
    }
    return of(length, moved);
  }

  /** A copy of the bits, {@code ceil(rows / 64)} words, also when there are no nulls. */
  public long[] toWords() {
    if (words != null) {
      return words.clone();
    }
    long[] full = new long[(rows + 63) >>> 6];
    Arrays.fill(full, -1L);
    if ((rows & 63) != 0) {
      full[full.length - 1] = (1L << rows) - 1;
    }
    return full;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Validity that
        && rows == that.rows
        && nulls == that.nulls
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * rows + Arrays.hashCode(words);
  }
}
