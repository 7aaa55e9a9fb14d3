package dev.almanac.transforms.source;

import dev.almanac.transforms.csv.stream.ByteRange;
import dev.almanac.transforms.storage.StoredFile;
import java.io.Serializable;

/**
 * The rows of a source file that start within a range of its bytes.
 *
 * @param from the first byte
 * @param until the first byte past the range; {@link #END} for the end of the file
 * @param firstRow where the range's first row is known to start; {@link ByteRange#UNKNOWN} when it
 *     is taken to be behind the next line break, which is wrong where that break is inside a quoted
 *     cell
 */
public record SourceRange(StoredFile file, long from, long until, long firstRow)
    implements Serializable {
  /** The end of a file, wherever it is. */
  public static final long END = Long.MAX_VALUE;

  /** All rows of a file. */
  public static SourceRange whole(StoredFile file) {
    return new SourceRange(file, 0, END, 0);
  }

  /** Rows of a file of which nobody knows yet where they start. */
  public static SourceRange of(StoredFile file, long from, long until) {
    return new SourceRange(file, from, until, from == 0 ? 0 : ByteRange.UNKNOWN);
  }

  /** Whether it is the whole file. */
  boolean isWhole() {
    return from == 0 && until == END;
  }

  /** The bytes within the range, as stored. */
  public long bytes() {
    return Math.min(until, file.bytes()) - Math.min(from, file.bytes());
  }

  /** The same range, read from where its first row is known to start. */
  public SourceRange startingAt(long row) {
    return new SourceRange(file, from, until, row);
  }

  public SourceRange of(StoredFile same) {
    return new SourceRange(same, from, until, firstRow);
  }

  public boolean isSame(SourceRange other) {
    return from == other.from && until == other.until;
  }
}
