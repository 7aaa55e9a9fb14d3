package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The row on which a {@link RowScanner} stands: its cells, its lines, its text for a person, and
 * whether it is one that was remembered.
 */
abstract sealed class ScannedRow permits LineScanner {
  /** UTF-8 needs no more bytes for the text that a reject keeps. */
  static final int HEAD_BYTES = 4 * Reject.MAX_TEXT;

  /** The byte order mark of UTF-8. */
  static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  final ByteWindow window;
  final RowCells cells = new RowCells();
  final byte[] head = new byte[HEAD_BYTES];
  int start;
  int length;
  boolean escaped;
  RejectReason problem;
  long offset;
  long line;
  long nextLine = 1;

  /** Bytes of the row's start that {@link #head} holds; -1 while the row is in memory. */
  int headLength;

  private byte[] kept;

  ScannedRow(ByteWindow window) {
    this.window = window;
  }

  /** From the next row on, keeps the places of so many cells of a row. */
  public void wantCells(int count) {
    cells.want(count);
  }

  public byte[] bytes() {
    return window.bytes;
  }

  public int cells() {
    return cells.size();
  }

  /** Why the row's cells cannot be had, or null. */
  public RejectReason problem() {
    return problem;
  }

  /** Whether there is nothing in the row, not even quotes. */
  public boolean isBlank() {
    return length == 0 && cells.size() == 1 && problem == null;
  }

  /** First byte of a cell, its quote included. */
  public int from(int cell) {
    return start + cells.from(cell);
  }

  /** End of a cell, its quote included. */
  public int to(int cell) {
    return start + cells.to(cell);
  }

  /** Whether there is nothing in a cell, not even quotes. */
  public boolean isEmpty(int cell) {
    return cells.from(cell) == cells.to(cell);
  }

  /** Remembers this row, which is whole and in memory, for {@link #isKept}. */
  void keep() {
    kept = Arrays.copyOfRange(window.bytes, start, start + length);
  }

  /** Remembers the row that the other remembers. */
  public void keepOf(RowScanner other) {
    kept = ((ScannedRow) other).kept;
  }

  /** Remembers a row that the file does not begin with. */
  void keep(byte[] row) {
    kept = row;
  }

  /** Whether this row is the remembered one to the byte, a byte order mark before it apart. */
  public boolean isKept() {
    if (kept == null) {
      return false;
    }
    int more = length - kept.length;
    return (more == 0 || more == MARK.length && startsWithMark(start))
        && headLength < 0
        && Arrays.equals(window.bytes, start + more, start + length, kept, 0, kept.length);
  }

  final boolean startsWithMark(int at) {
    return window.limit - at >= MARK.length
        && Arrays.equals(window.bytes, at, at + MARK.length, MARK, 0, MARK.length);
  }

  /** Whether a quoted cell of this row may hold a quote. */
  public boolean mayBeEscaped() {
    return escaped;
  }

  /** Physical line on which the row starts, from 1. */
  public long line() {
    return line;
  }

  /** Physical lines that the row takes. */
  public long lines() {
    return nextLine - line;
  }

  /** Gives the row's lines behind its first one; those that are not in memory have no text. */
  public void moreLines(RowScanner.MoreLine to) {
    long at = line + 1;
    if (headLength < 0) {
      int end = start + length;
      int from = SimpleRow.lineEnd(window.bytes, start, end);
      while (from < end && at < nextLine) {
        from = SimpleRow.behindBreak(window.bytes, from, end);
        int lineEnd = SimpleRow.lineEnd(window.bytes, from, end);
        int shown = Math.min(lineEnd - from, HEAD_BYTES);
        to.accept(
            at++,
            window.offset(from),
            new String(window.bytes, from, shown, StandardCharsets.UTF_8));
        from = lineEnd;
      }
    }
    for (; at < nextLine; at++) {
      to.accept(at, offset, "");
    }
  }

  /** Offset in the stream of the row's first byte. */
  public long offset() {
    return offset;
  }

  /** The start of the row, for a person. */
  public String text() {
    return headLength < 0
        ? new String(window.bytes, start, Math.min(length, HEAD_BYTES), StandardCharsets.UTF_8)
        : new String(head, 0, headLength, StandardCharsets.UTF_8);
  }

  long lineBreaks(int end) {
    long count = 0;
    byte[] bytes = window.bytes;
    for (int at = start; at < end; at++) {
      if (bytes[at] == '\n' || bytes[at] == '\r' && bytes[at + 1] != '\n') {
        count++;
      }
    }
    return count;
  }

  boolean endsWithBreak(int end) {
    byte last = end == 0 ? (byte) ' ' : window.bytes[start + end - 1];
    return last == '\n' || last == '\r';
  }
}
