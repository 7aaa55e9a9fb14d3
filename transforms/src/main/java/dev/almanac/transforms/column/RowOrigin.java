package dev.almanac.transforms.column;

import java.util.Arrays;
import java.util.Objects;

/** Where the rows of a batch stand in the source that they were read from. Immutable. */
public final class RowOrigin {
  private final Part part;
  private final long[] lines;

  /**
   * What one reader read in one piece: a file, or a range of a large one.
   *
   * @param source tells sources apart
   * @param chunk the chunk of the source, from 0 in the order of the files
   * @param piece the place of the part in its chunk, from 0
   * @param folder the folder that all files of the source share, with the separator at its end
   * @param path of the file, below the folder
   * @param from the first byte of the range; 0 where the file was read from its start
   */
  public record Part(long source, int chunk, int piece, String folder, String path, long from) {
    public Part {
      Objects.requireNonNull(folder, "folder");
      Objects.requireNonNull(path, "path");
    }

    /** The path of the file. */
    public String file() {
      return folder + path;
    }
  }

  /**
   * @param lines of each row: the line of the file on which it starts, from 1, or its number in a
   *     file without lines; taken over
   */
  public RowOrigin(Part part, long[] lines) {
    this.part = Objects.requireNonNull(part, "part");
    this.lines = lines;
  }

  public Part part() {
    return part;
  }

  public int rows() {
    return lines.length;
  }

  /** The line of the file on which a row starts, from 1, or its number in a file without lines. */
  public long line(int row) {
    return lines[row];
  }

  RowOrigin take(int[] rows) {
    long[] taken = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = lines[rows[i]];
    }
    return new RowOrigin(part, taken);
  }

  RowOrigin slice(int from, int until) {
    return new RowOrigin(part, Arrays.copyOfRange(lines, from, until));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowOrigin that
        && part.equals(that.part)
        && Arrays.equals(lines, that.lines);
  }

  @Override
  public int hashCode() {
    return 31 * part.hashCode() + Arrays.hashCode(lines);
  }

  @Override
  public String toString() {
    return "%s rows of %s".formatted(lines.length, part.file());
  }
}
