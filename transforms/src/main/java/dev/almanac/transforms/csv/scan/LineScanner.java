package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.csv.format.CsvFormat;
import java.io.Closeable;
import java.io.IOException;

/**
 * Where the next row of a file starts: behind line breaks, comment lines and lines that are passed
 * over whatever they hold.
 */
abstract sealed class LineScanner extends ScannedRow implements Closeable permits RowScanner {
  private static final int NO_BYTE = 1 << 8;

  final Block block;

  /** The byte that a comment begins with; what no byte equals where none does. */
  private final int comment;

  /** Where the block stands in the window; the first one stands before its start. */
  int blockStart;

  int next;
  private boolean lineFeedMayFollow;

  /** Whether the next row is this one once more. */
  private boolean again;

  LineScanner(ByteWindow window, CsvFormat format) {
    super(window);
    this.comment = format.comment() == null ? NO_BYTE : format.comment();
    this.block = new Block(format.delimiter(), format.quote());
  }

  /** Reads the first bytes, and passes over a mark if the file starts here. */
  final void begin(boolean isFile) throws IOException {
    window.fill(0);
    next = isFile && startsWithMark(0) ? MARK.length : 0;
    restart(next);
  }

  /** The next row will be this one once more. */
  void pushBack() {
    again = true;
  }

  /** Whether the next row is this one once more, which then is said no more. */
  final boolean standsAgain() {
    boolean stands = again;
    again = false;
    return stands;
  }

  /** Passes over lines, whatever they hold. */
  void skipLines(int count) throws IOException {
    for (int i = 0; i < count && skipLine(); i++) {
      skipLineFeed();
    }
  }

  /** Passes over what stands before the next row. */
  final void goToNext() throws IOException {
    skipLineFeed();
    if (comment != NO_BYTE) {
      skipComments();
    }
  }

  /** The line feed of a CR LF belongs to the row before it. */
  private void skipLineFeed() throws IOException {
    if (!lineFeedMayFollow) {
      return;
    }
    lineFeedMayFollow = false;
    start = next;
    if (start == window.limit && !window.ended) {
      fill();
      next = start;
    }
    if (start < window.limit && window.bytes[start] == '\n') {
      start++;
      block.skip(start - blockStart);
      // The next block never starts before the row.
      blockStart = Math.max(blockStart, start - Block.SIZE);
    }
    next = start;
  }

  void leave(int end) {
    next = end;
    if (end < window.limit) {
      lineFeedMayFollow = window.bytes[end] == '\r';
      next++;
    }
  }

  void fill() throws IOException {
    int moved = start;
    window.fill(start);
    start = 0;
    blockStart -= moved;
  }

  void restart(int at) {
    block.restart();
    blockStart = at - Block.SIZE;
  }

  /** Whether there is a byte at the start of the next row. */
  boolean hasNext() throws IOException {
    start = next;
    if (start == window.limit && !window.ended) {
      fill();
      next = start;
    }
    return start < window.limit;
  }

  private void skipComments() throws IOException {
    while (hasNext() && window.bytes[start] == comment) {
      skipLine();
      skipLineFeed();
    }
  }

  /** Passes over the next line; false at the end of the file. */
  private boolean skipLine() throws IOException {
    if (!hasNext()) {
      return false;
    }
    int at = start;
    while (at < window.limit || !window.ended) {
      if (at == window.limit) {
        start = at;
        fill();
        at = start;
      } else if (window.bytes[at] == '\n' || window.bytes[at] == '\r') {
        break;
      } else {
        at++;
      }
    }
    nextLine++;
    leave(at);
    restart(next);
    return true;
  }

  /** Offset in the file at which the next row starts, or the file's end. */
  public long nextOffset() throws IOException {
    if (again) {
      return offset;
    }
    goToNext();
    return window.offset(next);
  }

  /** Physical line on which the next row starts, from 1. */
  public long nextLine() {
    return again ? line : nextLine;
  }

  /** Bytes that were read from the stream. */
  public long bytesRead() {
    return window.count();
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
