package dev.almanac.transforms.csv.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time inside a long: a word of text gives eight bits, first byte lowest.
 */
final class Bits {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_SEVEN = 0x7F7F7F7F7F7F7F7FL;
  private static final long BLANKS = 0x2020202020202020L;

  /** Brings the top bit of every byte together in the highest byte of the product. */
  private static final long GATHER = 0x0002040810204081L;

  private Bits() {}

  /** Eight bytes, the first one lowest. */
  static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /**
   * The first bytes of a word, zeros in place of the others; none when there are less than none.
   */
  static long first(long word, int bytes) {
    return bytes >= Long.BYTES ? word : bytes <= 0 ? 0L : word & (1L << 8 * bytes) - 1;
  }

  /** The same byte eight times. */
  static long repeated(int b) {
    return 0x0101010101010101L * (b & 0xFF);
  }

  /** The low seven bits of each byte. */
  static long lowSeven(long word) {
    return word & LOW_SEVEN;
  }

  /** The top bit of each byte that is ASCII. */
  static long ascii(long word) {
    return ~word & ~LOW_SEVEN;
  }

  /** Whether some byte is a control character, below a blank: most words have none. */
  static boolean hasControl(long word, long ascii) {
    return (word - BLANKS & ascii) != 0;
  }

  /**
   * A clear top bit for each byte that equals the sought one, a set one for the others; exact, no
   * byte disturbs another.
   *
   * @param lowSeven of the word; bytes that are not ASCII are taken for others
   * @param sought an ASCII byte, repeated
   */
  static long differ(long lowSeven, long sought) {
    return (lowSeven ^ sought) + LOW_SEVEN;
  }

  /** One bit for the top bit of each byte. */
  static long gathered(long tops) {
    return (tops * GATHER) >>> 56;
  }

  /** Each bit is the parity of the bits up to it. */
  static long prefixParity(long bits) {
    long parity = bits ^ bits << 1;
    parity ^= parity << 2;
    parity ^= parity << 4;
    parity ^= parity << 8;
    parity ^= parity << 16;
    return parity ^ parity << 32;
  }
}
