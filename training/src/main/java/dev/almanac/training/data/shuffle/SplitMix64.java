package dev.almanac.training.data.shuffle;

/**
 * A stream of random numbers that is the same on every JDK: SplitMix64 of Steele, Lea and Flood,
 * "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014). Not thread-safe.
 */
public final class SplitMix64 {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix64(long state) {
    this.state = state;
  }

  /** A stream for these parts; other parts, or another order of them, give an unrelated one. */
  static SplitMix64 of(String text, long... parts) {
    long state = mix(text.length());
    for (int i = 0; i < text.length(); i++) {
      state = mix(state + GAMMA ^ text.charAt(i));
    }
    for (long part : parts) {
      state = mix(mix(state + GAMMA) ^ part);
    }
    return new SplitMix64(state);
  }

  /** The number at a place, from 0, of the stream that begins with this state. */
  public static long at(long state, long place) {
    return new SplitMix64(state + place * GAMMA).next();
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  long next() {
    state += GAMMA;
    return mix(state);
  }

  /** A number from 0 to before {@code bound}; no number is favored by more than 2^-32. */
  int below(int bound) {
    return (int) Math.multiplyHigh(next() >>> 1, (long) bound << 1);
  }

  /** Fisher and Yates's shuffle. */
  void shuffle(int[] values) {
    shuffle(values, 0, values.length);
  }

  /** The same of values {@code from} to before {@code to}. */
  void shuffle(int[] values, int from, int to) {
    for (int i = to - from - 1; i > 0; i--) {
      int j = from + below(i + 1);
      int swapped = values[from + i];
      values[from + i] = values[j];
      values[j] = swapped;
    }
  }
}
