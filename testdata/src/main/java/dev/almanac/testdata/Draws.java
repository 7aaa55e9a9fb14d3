package dev.almanac.testdata;

/**
 * A stream of random numbers that is a pure function of a seed and the number of the stream.
 *
 * <p>SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014),
 * written out because the JDK does not promise that its own generators stay as they are. Not
 * thread-safe: one stream a station.
 */
final class Draws {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /**
   * What a station draws for. Each purpose has its own stream, so that a station of another size
   * has the same place, the same columns and the same habits.
   */
  enum Purpose {
    PROFILE,
    DAYS,
    COLUMNS,
    ROWS
  }

  private long state;

  Draws(long seed, long stream) {
    state = mix(mix(seed) + stream * GOLDEN_GAMMA);
  }

  static Draws of(long seed, int station, Purpose purpose) {
    return new Draws(seed, 4L * station + purpose.ordinal());
  }

  static long mix(long bits) {
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }

  long bits() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** From 0 (included) to 1 (excluded). */
  double uniform() {
    return (bits() >>> 11) * 0x1p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** From 0 (included) to {@code bound} (excluded). */
  int below(int bound) {
    return (int) (((bits() >>> 32) * bound) >>> 32);
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  double normal() {
    return QuantileTable.NORMAL.at(bits());
  }

  double exponential() {
    return QuantileTable.EXPONENTIAL.at(bits());
  }
}
