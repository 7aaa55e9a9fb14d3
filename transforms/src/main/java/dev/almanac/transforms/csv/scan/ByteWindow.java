package dev.almanac.transforms.csv.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The stretch of a stream that is in memory: the row being read, and some bytes after it.
 *
 * <p>{@link #bytes} is valid up to {@link #limit}, and at least {@link #SLACK} bytes longer, so
 * that whole blocks can be loaded at its end. Not thread-safe.
 */
final class ByteWindow {
  static final int SLACK = 64;

  /**
   * Small files need no more, and clearing more for thousands of them takes longer than reading.
   */
  private static final int FIRST = 16 << 10;

  private final InputStream in;
  private final int usual;
  private final int largest;

  byte[] bytes;
  int limit;
  boolean ended;

  /** Offset in the file of the first byte in memory. */
  private long offset;

  /**
   * @param offset in the stream's file of its first byte
   * @param capacity bytes in memory, of a stream that has as many
   * @param longestRow the window grows until it holds a row of this length and one byte more
   */
  ByteWindow(InputStream in, long offset, int capacity, int longestRow) {
    this.in = in;
    this.offset = offset;
    this.usual = capacity;
    this.largest = Math.max(capacity, longestRow + SLACK);
    this.bytes = new byte[Math.min(capacity, FIRST) + SLACK];
  }

  /** Offset in the file of a byte in memory. */
  long offset(int at) {
    return offset + at;
  }

  /** Bytes that were read from the stream. */
  long count() {
    return offset + limit;
  }

  /**
   * Drops the bytes before {@code from}, which moves the others to the front, and reads on until
   * memory is full or the stream ends.
   */
  void fill(int from) throws IOException {
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, limit - from);
      offset += from;
      limit -= from;
    }
    int capacity = bytes.length - SLACK;
    if (limit == capacity) {
      capacity = grow((int) Math.min(largest, 2L * capacity));
    }
    while (!ended) {
      if (limit == capacity) {
        if (capacity >= usual) {
          return;
        }
        capacity = grow((int) Math.min(usual, 4L * capacity));
      }
      int count = in.read(bytes, limit, capacity - limit);
      if (count < 0) {
        ended = true;
      } else {
        limit += count;
      }
    }
  }

  private int grow(int capacity) {
    bytes = Arrays.copyOf(bytes, capacity + SLACK);
    return capacity;
  }

  void close() throws IOException {
    in.close();
  }
}
