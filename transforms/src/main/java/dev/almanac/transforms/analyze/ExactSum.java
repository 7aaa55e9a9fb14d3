package dev.almanac.transforms.analyze;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * A sum of doubles, integers and their squares that loses nothing: no rounding, no overflow.
 *
 * <p>The small superaccumulator of R. M. Neal, "Fast exact summation using small and large
 * superaccumulators" (2015), made wide enough for squares. A fixed-point number of 136 chunks, 32
 * bits apart, from 2^-2176 up; each chunk is 64 bits wide, so that carries wait for about 2,000
 * additions. The least square is 2^-2148 and 2^63 of the greatest squares stay below 2^2111, so
 * denormals and 1e308 need no special case. Equal multisets of terms give equal states in any
 * order. Not thread-safe.
 */
final class ExactSum {
  private static final int CHUNKS = 136;

  /** The chunk that begins at 2^0. */
  private static final int UNIT_CHUNK = 68;

  private static final int UNIT_BIT = 32 * UNIT_CHUNK;

  /** The exponent of the unit of {@link #scaled}. */
  static final int LOWEST_EXPONENT = -UNIT_BIT;

  private static final long LOW_HALF = 0xffffffffL;
  private static final long FRACTION = (1L << 52) - 1;

  /** An addition changes a chunk by less than 2^53, so this many stay within 63 bits. */
  private static final int ADDITIONS_BEFORE_CARRY = 1000;

  private final long[] chunks = new long[CHUNKS];
  private int room = ADDITIONS_BEFORE_CARRY;

  /** Adds a finite number. */
  void add(double term) {
    long bits = Double.doubleToRawLongBits(term);
    addShifted(chunks, significand(bits), UNIT_BIT + exponent(bits), bits >> 63);
    added();
  }

  /** Adds the square of a finite number. */
  void addSquare(double root) {
    long bits = Double.doubleToRawLongBits(root);
    long significand = significand(bits);
    addShifted(
        chunks,
        Math.multiplyHigh(significand, significand),
        significand * significand,
        UNIT_BIT + 2 * exponent(bits));
    added();
  }

  /**
   * Adds finite numbers to one sum and their squares to another; many times as fast as one by one.
   */
  static void add(double[] values, int from, int until, ExactSum sum, ExactSum squares) {
    for (int start = from; start < until; start += ADDITIONS_BEFORE_CARRY - 1) {
      int end = Math.min(until, start + ADDITIONS_BEFORE_CARRY - 1);
      sum.carry();
      squares.carry();
      addUncarried(values, start, end, sum.chunks, squares.chunks);
      sum.room -= end - start;
      squares.room -= end - start;
    }
  }

  private static void addUncarried(
      double[] values, int from, int until, long[] sum, long[] squares) {
    for (int i = from; i < until; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      long significand = significand(bits);
      int exponent = exponent(bits);
      addShifted(sum, significand, UNIT_BIT + exponent, bits >> 63);
      long high = Math.multiplyHigh(significand, significand);
      addShifted(squares, high, significand * significand, UNIT_BIT + 2 * exponent);
    }
  }

  /** Adds a finite number as often as {@code times} says. */
  void add(double term, int times) {
    long bits = Double.doubleToRawLongBits(term);
    long significand = significand(bits);
    int position = UNIT_BIT + exponent(bits);
    for (int rest = times; rest != 0; rest &= rest - 1) {
      int shift = Integer.numberOfTrailingZeros(rest);
      addShifted(chunks, significand, position + shift, bits >> 63);
      added();
    }
  }

  /** Adds the square of a finite number as often as {@code times} says. */
  void addSquare(double root, int times) {
    long bits = Double.doubleToRawLongBits(root);
    long significand = significand(bits);
    long high = Math.multiplyHigh(significand, significand);
    long low = significand * significand;
    int position = UNIT_BIT + 2 * exponent(bits);
    for (int rest = times; rest != 0; rest &= rest - 1) {
      addShifted(chunks, high, low, position + Integer.numberOfTrailingZeros(rest));
      added();
    }
  }

  /** Adds an integer. */
  void add(long term) {
    chunks[UNIT_CHUNK] += term & LOW_HALF;
    chunks[UNIT_CHUNK + 1] += term >> 32;
    added();
  }

  /** Adds the square of an integer. */
  void addSquare(long root) {
    long high = Math.multiplyHigh(root, root);
    long low = root * root;
    chunks[UNIT_CHUNK] += low & LOW_HALF;
    chunks[UNIT_CHUNK + 1] += low >>> 32;
    chunks[UNIT_CHUNK + 2] += high & LOW_HALF;
    chunks[UNIT_CHUNK + 3] += high >>> 32;
    added();
  }

  void merge(ExactSum other) {
    carry();
    other.carry();
    for (int i = 0; i < CHUNKS; i++) {
      chunks[i] += other.chunks[i];
    }
    added();
  }

  boolean isZero() {
    carry();
    for (long chunk : chunks) {
      if (chunk != 0) {
        return false;
      }
    }
    return true;
  }

  /** The sum exactly, as a multiple of 2^{@link #LOWEST_EXPONENT}. */
  BigInteger scaled() {
    carry();
    boolean negative = chunks[CHUNKS - 1] < 0;
    ExactSum magnitude = negative ? negated() : this;
    byte[] bytes = new byte[4 * CHUNKS];
    for (int i = 0; i < CHUNKS; i++) {
      int chunk = (int) magnitude.chunks[i];
      int end = bytes.length - 4 * i;
      bytes[end - 1] = (byte) chunk;
      bytes[end - 2] = (byte) (chunk >>> 8);
      bytes[end - 3] = (byte) (chunk >>> 16);
      bytes[end - 4] = (byte) (chunk >>> 24);
    }
    return new BigInteger(negative ? -1 : 1, bytes);
  }

  /** The sum rounded once, to nearest, ties to even. */
  double value() {
    return Rounding.quotient(scaled(), BigInteger.ONE, LOWEST_EXPONENT);
  }

  /** Sign, then the chunks from the first to the last that is not zero, of the magnitude. */
  void write(DataOutput out) throws IOException {
    carry();
    boolean negative = chunks[CHUNKS - 1] < 0;
    long[] magnitude = (negative ? negated() : this).chunks;
    int first = 0;
    int end = CHUNKS;
    while (end > 0 && magnitude[end - 1] == 0) {
      end--;
    }
    while (first < end && magnitude[first] == 0) {
      first++;
    }
    out.writeBoolean(negative);
    out.writeByte(first);
    out.writeByte(end - first);
    for (int i = first; i < end; i++) {
      out.writeInt((int) magnitude[i]);
    }
  }

  static ExactSum read(DataInput in) throws IOException {
    boolean negative = in.readBoolean();
    int first = in.readUnsignedByte();
    int count = in.readUnsignedByte();
    if (first + count > CHUNKS) {
      throw new ForeseenException(
          "Cannot read a sum: chunks must end at %s (%s)".formatted(CHUNKS, first + count));
    }
    ExactSum sum = new ExactSum();
    for (int i = first; i < first + count; i++) {
      sum.chunks[i] = in.readInt() & LOW_HALF;
    }
    return negative ? sum.negated() : sum;
  }

  /** Adds {@code significand * 2^position}, subtracts it when {@code sign} is -1 and not 0. */
  private static void addShifted(long[] chunks, long significand, int position, long sign) {
    int chunk = position >>> 5;
    int shift = position & 31;
    long low = significand << shift & LOW_HALF;
    long high = significand >>> 32 - shift;
    chunks[chunk] += (low ^ sign) - sign;
    chunks[chunk + 1] += (high ^ sign) - sign;
  }

  /** Adds the 128-bit {@code high, low} times {@code 2^position}; high is below 2^42. */
  private static void addShifted(long[] chunks, long high, long low, int position) {
    int chunk = position >>> 5;
    int shift = position & 31;
    chunks[chunk] += low << shift & LOW_HALF;
    chunks[chunk + 1] += low >>> 32 - shift & LOW_HALF;
    chunks[chunk + 2] += (low >>> 1 >>> 63 - shift | high << shift) & LOW_HALF;
    chunks[chunk + 3] += high >>> 32 - shift;
  }

  private void added() {
    if (--room == 0) {
      carry();
    }
  }

  /** Makes the form canonical: every chunk but the last is within 32 bits and not negative. */
  private void carry() {
    if (room == ADDITIONS_BEFORE_CARRY) {
      return;
    }
    for (int i = 0; i < CHUNKS - 1; i++) {
      chunks[i + 1] += chunks[i] >> 32;
      chunks[i] &= LOW_HALF;
    }
    room = ADDITIONS_BEFORE_CARRY;
  }

  private ExactSum negated() {
    ExactSum negated = new ExactSum();
    for (int i = 0; i < CHUNKS; i++) {
      negated.chunks[i] = -chunks[i];
    }
    negated.room--;
    negated.carry();
    return negated;
  }

  /** The 53 bits of a double as an integer; its value is that times 2^{@link #exponent}. */
  private static long significand(long bits) {
    long fraction = bits & FRACTION;
    return (bits >>> 52 & 0x7ff) == 0 ? fraction : fraction | 1L << 52;
  }

  private static int exponent(long bits) {
    return Math.max((int) (bits >>> 52 & 0x7ff), 1) - 1075;
  }
}
