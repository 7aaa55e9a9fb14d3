package dev.almanac.training.search.trial;

import java.nio.charset.StandardCharsets;

/**
 * Random places in [0, 1) that are a pure function of seed, trial and purpose, such as a
 * parameter's path: the same on every JDK, whatever was drawn before.
 *
 * <p>The three are folded into 64 bits, the purpose by FNV-1a, each followed by the finalizer of
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014); the upper
 * 53 bits are the place. Further places for the same purpose are SplitMix64's own sequence from
 * there. Not thread-safe; whoever needs numbers makes one, and keeps it for no other trial.
 */
public final class Draw {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private Draw(long state) {
    this.state = state;
  }

  /** The places drawn for one purpose of one trial, in their order. */
  public static Draw of(long seed, int trial, String purpose) {
    return new Draw(bits(seed, trial, purpose));
  }

  /** The one place drawn for a purpose of a trial. */
  public static double place(long seed, int trial, String purpose) {
    return place(bits(seed, trial, purpose));
  }

  /** The next place, from 0, inclusive, to 1, exclusive. */
  public double next() {
    return place(bits());
  }

  /** The next 64 bits. */
  public long bits() {
    state += GOLDEN;
    return mix(state);
  }

  private static double place(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  private static long bits(long seed, int trial, String purpose) {
    long bits = mix(seed + GOLDEN);
    bits = mix(bits ^ (trial + 1L) * GOLDEN);
    return mix(bits ^ fnv(purpose));
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
