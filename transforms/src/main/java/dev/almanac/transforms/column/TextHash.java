package dev.almanac.transforms.column;

import java.nio.charset.StandardCharsets;

/**
 * MurmurHash3 x86_32 (Austin Appleby, 2011) of a text's UTF-8 bytes: the same on every machine, and
 * in every other implementation of that hash.
 */
public record TextHash(int seed) {
  /** What is computed, for a person. */
  public String rule() {
    return "MurmurHash3 x86_32 with seed %s of the text's UTF-8 bytes, unsigned".formatted(seed);
  }

  /** The hash, read as an unsigned number, modulo the number of buckets. */
  public int bucket(String text, int buckets) {
    return Integer.remainderUnsigned(of(text), buckets);
  }

  public int of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int hash = seed;
    int whole = bytes.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int block =
          (bytes[i] & 0xff)
              | (bytes[i + 1] & 0xff) << 8
              | (bytes[i + 2] & 0xff) << 16
              | bytes[i + 3] << 24;
      hash = Integer.rotateLeft(hash ^ mixed(block), 13) * 5 + 0xe6546b64;
    }
    int tail = 0;
    for (int i = bytes.length - 1; i >= whole; i--) {
      tail = tail << 8 | bytes[i] & 0xff;
    }
    hash ^= mixed(tail) ^ bytes.length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int mixed(int block) {
    return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
  }
}
