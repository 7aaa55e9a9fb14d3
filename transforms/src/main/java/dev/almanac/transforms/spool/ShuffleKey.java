package dev.almanac.transforms.spool;

import dev.almanac.transforms.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The place of a row in the shuffled order of its split: rows are sorted by a 64-bit hash of the
 * seed, their range of the source and their number among its train rows, so the order is the same
 * however the work was divided.
 *
 * <p>The mixing function is SplitMix64's (Steele, Lea and Flood, 2014): within a range no two rows
 * have the same key.
 */
public final class ShuffleKey {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long range;

  /**
   * @param path of the file, below the folder that all source files share
   * @param from the first byte of the range
   */
  public ShuffleKey(long seed, String path, long from) {
    String range = from == 0 ? path : path + "\n" + from;
    byte[] text = (seed + "\n" + range).getBytes(StandardCharsets.UTF_8);
    this.range = ByteBuffer.wrap(Json.digest().digest(text)).getLong();
  }

  /** The keys of so many rows, {@code first} others of the range being before them. */
  public long[] keys(long first, int rows) {
    long[] keys = new long[rows];
    for (int i = 0; i < rows; i++) {
      keys[i] = key(range, first + i);
    }
    return keys;
  }

  /** The key of a row, so many others of the range being before it. */
  public long key(long before) {
    return key(range, before);
  }

  /** The number that SplitMix64 gives after {@code number} others when it began with a state. */
  public static long key(long state, long number) {
    return mix(state + (number + 1) * GOLDEN);
  }

  private static long mix(long z) {
    long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
    return b ^ b >>> 31;
  }
}
