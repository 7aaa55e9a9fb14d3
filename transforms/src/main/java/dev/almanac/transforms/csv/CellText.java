package dev.almanac.transforms.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The text of one cell of a {@link RowScanner}'s row: without its quotes, doubled quotes made one.
 *
 * <p>Set by {@link #of}; valid until the next cell. Most cells are a stretch of the row's own
 * bytes; only one that holds quotes is copied.
 */
final class CellText {
  private final byte quote;
  private byte[] copy = new byte[256];

  byte[] bytes;
  int from;
  int to;

  CellText(CsvFormat format) {
    this.quote = (byte) (char) format.quote();
  }

  CellText of(RowScanner row, int cell) {
    bytes = row.bytes();
    from = row.from(cell);
    to = row.to(cell);
    if (from < to && bytes[from] == quote) {
      from++;
      to--;
      if (row.mayBeEscaped()) {
        unescape();
      }
    }
    return this;
  }

  private void unescape() {
    int first = from;
    while (first < to && bytes[first] != quote) {
      first++;
    }
    if (first == to) {
      return;
    }
    if (copy.length < to - from) {
      copy = new byte[2 * (to - from)];
    }
    int length = 0;
    for (int at = from; at < to; at++) {
      copy[length++] = bytes[at];
      if (bytes[at] == quote) {
        at++;
      }
    }
    bytes = copy;
    from = 0;
    to = length;
  }

  /** Cuts off the blanks around the text: spaces and tabs. */
  void trim() {
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
  boolean isUtf8() {
    return isUtf8(bytes, from, to);
  }

  static boolean isUtf8(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The start of the text, as much as a reject keeps. */
  String head() {
    int length = Math.min(to - from, RowScanner.HEAD_BYTES);
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
