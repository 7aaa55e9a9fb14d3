package dev.almanac.transforms.csv.stream;

/**
 * The rows of a plain CSV file that start within a range of its bytes.
 *
 * @param from the first byte, above zero
 * @param until the first byte past the range
 * @param firstRow where the first row that starts at {@code from} or later is known to start;
 *     {@link #UNKNOWN}: behind the first line break that ends there or later, be it inside a quoted
 *     cell or not
 */
public record ByteRange(long from, long until, long firstRow) {
  public static final long UNKNOWN = -1;

  public ByteRange {
    if (from < 1 || firstRow != UNKNOWN && firstRow < from) {
      throw new IllegalArgumentException(
          "Cannot read a range: it starts behind the header and its first row within it (%s, %s)"
              .formatted(from, firstRow));
    }
  }

  /** Where its bytes are to be read from: the one before {@link #from} may be the line break. */
  public long firstByte() {
    return from - 1;
  }
}
