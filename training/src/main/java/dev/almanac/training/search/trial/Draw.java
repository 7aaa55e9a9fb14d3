package dev.almanac.training.search.trial;

import java.nio.charset.StandardCharsets;

/**
 * Random places in [0, 1) that are a pure function of seed, trial and parameter: the same on every
 * JDK, whatever was drawn before.
 *
 * <p>The three are folded into 64 bits, the path by FNV-1a, each followed by the finalizer of
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014); the upper
 * 53 bits are the place.
 */
public final class Draw {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Draw() {}

  public static double place(long seed, int trial, String path) {
    long bits = mix(seed + GOLDEN);
    bits = mix(bits ^ (trial + 1L) * GOLDEN);
    bits = mix(bits ^ fnv(path));
    return (bits >>> 11) * 0x1.0p-53;
  }

  private static long fnv(String text) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }

  private static long mix(long bits) {
    long z = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
