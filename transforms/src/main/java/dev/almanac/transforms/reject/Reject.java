package dev.almanac.transforms.reject;

import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.Printable;
import java.io.Serializable;
import java.util.Objects;

/**
 * A row that was not taken, and its place.
 *
 * @param line physical line on which the row starts, from 1; the header is on line 1
 * @param byteOffset of the row's first byte, from 0, in the expanded file; where the file is not
 *     UTF-8, in its UTF-8 form; {@value #NO_OFFSET} where nobody knows it, as in parquet
 * @param column the column of the bad cell; null when the row as a whole is bad
 * @param text the cell, or the row, cut after {@link #MAX_TEXT} characters; bytes that are no text
 *     appear as U+FFFD
 */
public record Reject(
    String file, long line, long byteOffset, String column, RejectReason reason, String text)
    implements Serializable {
  /** Longest text that is kept, in UTF-16 code units. */
  public static final int MAX_TEXT = 200;

  /** Where rows have no offset, or nobody knows it. */
  public static final long NO_OFFSET = -1;

  public Reject {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(reason, "reason");
    text = capped(text);
  }

  private static String capped(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return text.substring(0, end);
  }

  /** The same, that many lines further down the file. */
  public Reject after(long lines) {
    return new Reject(file, line + lines, byteOffset, column, reason, text);
  }

  /** One line for a person: place, reason and text. */
  @Override
  public String toString() {
    return "%s, line %s%s%s: %s: %s"
        .formatted(
            Printable.line(file),
            line,
            byteOffset == NO_OFFSET ? "" : " (byte %s)".formatted(byteOffset),
            column == null ? "" : ", column '%s'".formatted(Names.of(column)),
            reason,
            Printable.line(text));
  }
}
