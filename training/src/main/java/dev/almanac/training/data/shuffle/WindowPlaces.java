package dev.almanac.training.data.shuffle;

import java.util.Arrays;

/**
 * Where the rows of a window go in memory, and in which order they are read from there. Together
 * this is a uniformly random order in which memory is written and read in streams.
 *
 * <p>Each row goes into a bucket drawn at random, behind the rows already there. Then the rows of
 * each bucket, few enough for the processor's cache, are shuffled. Every order is equally likely:
 * C. R. Rao, "Generation of random permutations of given number of elements using random sampling
 * numbers" (Sankhya 23, 1961); M. Sandelius, "A simple randomization procedure" (J. R. Stat. Soc. B
 * 24, 1962). Immutable and thread-safe.
 */
public final class WindowPlaces {
  /** About 0.4 MB of rows of 26 columns. */
  private static final int BUCKET_ROWS = 4096;

  /** A row's bucket is a byte; many more could not be written side by side either. */
  private static final int MOST_BUCKETS = 256;

  /** Streams of random numbers: one for each slot, from 0, and one for each bucket. */
  private static final long BUCKETS = -1;

  private final long seed;
  private final int mask;

  /** By slot, then bucket: where the slot's first row of the bucket goes. */
  private final int[][] starts;

  /** By bucket: the place after its last. */
  private final int[] ends;

  /**
   * @param sizes rows of each slot
   */
  WindowPlaces(long seed, int[] sizes) {
    this(seed, sizes, buckets(sizes));
  }

  /**
   * @param buckets a power of two up to 256
   */
  WindowPlaces(long seed, int[] sizes, int buckets) {
    this.seed = seed;
    this.mask = buckets - 1;
    this.starts = new int[sizes.length][buckets];
    this.ends = new int[buckets];
    for (int slot = 0; slot < sizes.length; slot++) {
      count(slot, sizes[slot]);
    }
    int place = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      for (int[] slot : starts) {
        int rows = slot[bucket];
        slot[bucket] = place;
        place += rows;
      }
      ends[bucket] = place;
    }
  }

  private static int buckets(int[] sizes) {
    long rows = 0;
    for (int size : sizes) {
      rows += size;
    }
    int buckets = 1;
    while (buckets < MOST_BUCKETS && (long) buckets * BUCKET_ROWS < rows) {
      buckets *= 2;
    }
    return buckets;
  }

  private void count(int slot, int rows) {
    SplitMix64 random = SplitMix64.of("", seed, slot);
    int[] counts = starts[slot];
    for (int row = 0; row < rows; row += Long.BYTES) {
      long bytes = random.next();
      int end = Math.min(Long.BYTES, rows - row);
      for (int i = 0; i < end; i++) {
        counts[(int) (bytes >>> (Byte.SIZE * i)) & mask]++;
      }
    }
  }

  /** The places of a slot's rows, from the first on. */
  public Cursor of(int slot) {
    return new Cursor(SplitMix64.of("", seed, slot), starts[slot].clone());
  }

  /** Goes through the places of a slot. Not thread-safe. */
  public final class Cursor {
    private final SplitMix64 random;
    private final int[] next;

    private Cursor(SplitMix64 random, int[] next) {
      this.random = random;
      this.next = next;
    }

    /**
     * The places of the next rows, each times {@code scale}.
     *
     * @param rows a multiple of 8, but for the last of the slot
     */
    public void next(int[] places, int rows, int scale) {
      for (int row = 0; row < rows; row += Long.BYTES) {
        long bytes = random.next();
        int end = Math.min(Long.BYTES, rows - row);
        for (int i = 0; i < end; i++) {
          places[row + i] = scale * next[(int) (bytes >>> (Byte.SIZE * i)) & mask]++;
        }
      }
    }
  }

  /**
   * Every place once, in the order in which the window's rows are read, each times {@code scale}. A
   * bucket's rows come together, and at the places of their bucket. A new array.
   */
  public int[] order(int scale) {
    int[] order = new int[ends[mask]];
    int start = 0;
    for (int bucket = 0; bucket <= mask; bucket++) {
      int end = ends[bucket];
      for (int place = start; place < end; place++) {
        order[place] = place * scale;
      }
      SplitMix64.of("", seed, BUCKETS, bucket).shuffle(order, start, end);
      start = end;
    }
    return order;
  }

  /** Where the bucket of a place begins. */
  public int bucketStart(int place) {
    int bucket = bucket(place);
    return bucket == 0 ? 0 : ends[bucket - 1];
  }

  /** The place after the bucket of a place. */
  public int bucketEnd(int place) {
    return ends[bucket(place)];
  }

  private int bucket(int place) {
    int first = Arrays.binarySearch(ends, place + 1);
    int bucket = first < 0 ? -1 - first : first;
    // Of buckets that end together, all but the first are empty.
    while (bucket > 0 && ends[bucket - 1] > place) {
      bucket--;
    }
    return bucket;
  }
}
