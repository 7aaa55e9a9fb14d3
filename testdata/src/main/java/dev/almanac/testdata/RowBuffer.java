package dev.almanac.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a station file on their way out.
 *
 * <p>The caller flushes between rows: a row, or the header, is never longer than {@link #ROOM}. Not
 * thread-safe.
 */
final class RowBuffer {

  /** 118 columns take about 2 kB in the header and 1.5 kB in the fullest row. */
  private static final int ROOM = 1 << 14;

  private static final int SIZE = 1 << 17;
  private static final int NUMBER_WIDTH = 5;

  private final OutputStream out;
  private final byte[] bytes = new byte[SIZE + ROOM];
  private int position;
  private long flushed;

  RowBuffer(OutputStream out) {
    this.out = out;
  }

  /** Bytes put in so far, written out or not. */
  long count() {
    return flushed + position;
  }

  void text(String text) {
    raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  void raw(byte[] text) {
    System.arraycopy(text, 0, bytes, position, text.length);
    position += text.length;
  }

  void date(Calendar calendar, int day) {
    calendar.copyText(day, bytes, position);
    position += Calendar.DATE_LENGTH;
  }

  /** A value with no attributes because it is missing: two empty cells. */
  void missing() {
    bytes[position++] = ',';
    bytes[position++] = ',';
  }

  /**
   * A value, quoted and padded, and its attributes.
   *
   * @param flags the flags of measurement and quality; a blank writes nothing
   * @param time the text after the third comma, or null for attributes of three parts
   */
  void value(int value, char measurement, char quality, char source, byte[] time) {
    bytes[position++] = ',';
    bytes[position++] = '"';
    number(value);
    bytes[position++] = '"';
    bytes[position++] = ',';
    bytes[position++] = '"';
    flag(measurement);
    bytes[position++] = ',';
    flag(quality);
    bytes[position++] = ',';
    bytes[position++] = (byte) source;
    if (time != null) {
      bytes[position++] = ',';
      for (byte digit : time) {
        bytes[position++] = digit;
      }
    }
    bytes[position++] = '"';
  }

  void endRow() throws IOException {
    bytes[position++] = '\n';
    if (position >= SIZE) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(bytes, 0, position);
    flushed += position;
    position = 0;
  }

  private void flag(char flag) {
    if (flag != ' ') {
      bytes[position++] = (byte) flag;
    }
  }

  private void number(int value) {
    int end = position + NUMBER_WIDTH;
    int at = end;
    int rest = Math.abs(value);
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    if (value < 0) {
      bytes[--at] = '-';
    }
    while (at > position) {
      bytes[--at] = ' ';
    }
    position = end;
  }
}
