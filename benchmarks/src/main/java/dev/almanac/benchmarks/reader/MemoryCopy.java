package dev.almanac.benchmarks.reader;

import java.nio.ByteBuffer;

/** The limit: as many bytes as the table has, copied within memory. */
final class MemoryCopy {
  /** Larger than any cache. */
  private static final int BYTES = 104 << 20;

  private MemoryCopy() {}

  static Pass of(long rows) {
    ByteBuffer from = ByteBuffer.allocateDirect(BYTES);
    ByteBuffer to = ByteBuffer.allocateDirect(BYTES);
    return add -> {
      long copied = 0;
      while (copied < rows * Table.ROW_BYTES) {
        to.put(0, from, 0, BYTES);
        copied += BYTES;
      }
      return new Pass.Sums(copied / Table.ROW_BYTES, Double.NaN);
    };
  }
}
