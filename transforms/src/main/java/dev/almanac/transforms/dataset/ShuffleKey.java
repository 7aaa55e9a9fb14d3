package dev.almanac.transforms.dataset;

import dev.almanac.transforms.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The place of a row in the shuffled order of its split: rows are sorted by a 64-bit hash of the
 * seed, their file and their number in it, so the order is the same however the work was divided.
 *
 * <p>The mixing function is SplitMix64's (Steele, Lea and Flood, 2014): within a file no two rows
 * have the same key.
 */
final class ShuffleKey {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long file;

  /**
   * @param file the path of the file below the folder that all source files share
   */
  ShuffleKey(long seed, String file) {
    byte[] text = (seed + "\n" + file).getBytes(StandardCharsets.UTF_8);
    this.file = ByteBuffer.wrap(Json.digest().digest(text)).getLong();
  }

  /** The keys of the rows that lie {@code rows[i]} after row {@code first} of the file. */
  long[] keys(long first, int[] rows) {
    long[] keys = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      keys[i] = key(file, first + rows[i]);
    }
    return keys;
  }

  /** The number that SplitMix64 gives after {@code number} others when it began with a state. */
  static long key(long state, long number) {
    return mix(state + (number + 1) * GOLDEN);
  }

  private static long mix(long z) {
    long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
    return b ^ b >>> 31;
  }
}
