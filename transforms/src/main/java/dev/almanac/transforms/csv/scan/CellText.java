package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.csv.format.CsvFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The text of one cell of a {@link RowScanner}'s row, without its quotes and with doubled quotes
 * made one.
 *
 * <p>Set by {@link #of}; valid until the next cell. Most cells are a stretch of the row's own
 * bytes; only a cell that holds quotes is copied.
 */
public final class CellText {
  /** What no byte equals. */
  private static final int NO_BYTE = 1 << 8;

  private final int quote;
  private final int escape;
  private final int delimiter;
  private final boolean slow;
  private final boolean trim;
  private byte[] copy = new byte[256];

  public byte[] bytes;
  public int from;
  public int to;

  public CellText(CsvFormat format) {
    this.quote = format.quote() == null ? NO_BYTE : format.quote();
    this.escape = format.escape() == null ? NO_BYTE : format.escape();
    this.delimiter = format.delimiter();
    this.trim = format.trim();
    this.slow = RowScanner.isSlow(format);
  }

  public CellText of(RowScanner row, int cell) {
    return of(row.bytes(), row.from(cell), row.to(cell), row.mayBeEscaped());
  }

  /**
   * The same of any bytes.
   *
   * @param mayBeEscaped whether there may be quotes in it when it is quoted
   */
  public CellText of(byte[] row, int first, int end, boolean mayBeEscaped) {
    bytes = row;
    from = first;
    to = end;
    if (slow) {
      return ofSlow();
    }
    if (from < to && bytes[from] == quote) {
      from++;
      to--;
      if (mayBeEscaped) {
        unescape();
      }
    }
    return this;
  }

  private CellText ofSlow() {
    int first = from;
    int end = to;
    if (trim) {
      trim();
    }
    if (from < to && bytes[from] == quote) {
      from++;
      to--;
      unescape();
    } else {
      from = first;
      to = end;
      if (quote == NO_BYTE) {
        unescape();
      }
    }
    return this;
  }

  private void unescape() {
    int first = from;
    while (first < to && bytes[first] != quote && bytes[first] != escape) {
      first++;
    }
    if (first == to) {
      return;
    }
    if (copy.length < to - from + CellReader.SHORT) {
      copy = new byte[2 * (to - from + CellReader.SHORT)];
    }
    int length = 0;
    for (int at = from; at < to; at++) {
      if (bytes[at] == escape && at + 1 < to && isEscaped(bytes[at + 1])) {
        at++;
        copy[length++] = bytes[at];
      } else {
        copy[length++] = bytes[at];
        if (bytes[at] == quote) {
          at++;
        }
      }
    }
    bytes = copy;
    from = 0;
    to = length;
  }

  /** Whether an escape before this byte is no text itself. */
  private boolean isEscaped(byte b) {
    return b == quote
        || b == escape
        || quote == NO_BYTE && (b == delimiter || b == '\n' || b == '\r');
  }

  /** Cuts off the blanks around the text: spaces and tabs. */
  public void trim() {
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (from < to && isBlank(bytes[to - 1])) {
      to--;
    }
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** Whether the bytes are text at all. */
  public boolean isUtf8() {
    return isUtf8(bytes, from, to);
  }

  public static boolean isUtf8(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The start of the text, as much as a reject keeps. */
  public String head() {
    int length = Math.min(to - from, RowScanner.HEAD_BYTES);
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
