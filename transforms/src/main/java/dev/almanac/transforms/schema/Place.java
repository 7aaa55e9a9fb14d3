package dev.almanac.transforms.schema;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * A cell of a source file. Places are ordered by file and line, so that the first of several does
 * not depend on the order in which files were read.
 *
 * @param line physical line on which the row starts, from 1
 * @param byteOffset of the row's first byte, from 0, in the expanded file; null where it is not
 *     known
 * @param text the cell, cut after 200 characters
 */
public record Place(String file, long line, Long byteOffset, String text)
    implements Comparable<Place>, Serializable {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file)
          .thenComparingLong(Place::line)
          .thenComparing(Place::byteOffset, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Place::text);

  private static final int MAX_TEXT = 200;

  public Place {
    Objects.requireNonNull(file, "file");
    if (text.length() > MAX_TEXT) {
      int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
      text = text.substring(0, end);
    }
  }

  /** A cell of a row whose first byte is not known. */
  public Place(String file, long line, String text) {
    this(file, line, null, text);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** The first of two places, either of which may be null. */
  public static Place first(Place one, Place other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** The last of two places. */
  public static Place last(Place one, Place other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** One line for a person: the place, then the text. */
  public String words() {
    return "%s, line %s%s: %s"
        .formatted(file, line, byteOffset == null ? "" : " (byte %s)".formatted(byteOffset), text);
  }
}
