package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds rows and cells in bytes, by RFC 4180: quoted cells, doubled quotes, line breaks inside
 * quotes. Rows end with CR LF, LF or a lone CR, the last one with the file.
 *
 * <p>A quote inside a cell that does not start with one is text. Rows that break the rules are
 * found too, with the reason in {@link #problem}; after text behind a closing quote the row ends at
 * the next line break, quoted or not. A row longer than allowed is skipped to its true end, and no
 * more of it than allowed is held in memory. Once {@link #expect} has said what rows look like, a
 * stray quote costs only its own line, see {@link RunOn}. Comment lines are skipped. Escapes and
 * blanks around quotes are found byte by byte, in separate code. Byte positions are those of {@link
 * #bytes} and are valid until the next row. Not thread-safe.
 */
public final class RowScanner implements Closeable {
  /** Fits the second-level cache of a core. */
  public static final int DEFAULT_BUFFER = 256 << 10;

  /** UTF-8 needs no more bytes for the text that a reject keeps. */
  static final int HEAD_BYTES = 4 * Reject.MAX_TEXT;

  private static final int NO_BYTE = 1 << 8;

  /** The byte order mark of UTF-8. */
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final ByteWindow window;
  private final Block block;
  private final RowCells cells = new RowCells();
  private final SlowRow slowRow;
  private final boolean slow;

  /** The byte that a comment begins with; what no byte equals where none does. */
  private final int comment;

  private final int maxRowBytes;
  private final byte[] head = new byte[HEAD_BYTES];

  /** Where the block stands in the window; the first one stands before its start. */
  private int blockStart;

  private int start;
  private int next;
  private boolean lineFeedMayFollow;

  private byte[] kept;
  private int length;
  private boolean escaped;
  private RejectReason problem;
  private long offset;
  private long line;
  private long nextLine = 1;

  /** Whether the next row is this one once more. */
  private boolean again;

  /** Knows stray quotes; null until it is known what rows look like. */
  private RunOn runOn;

  /** Bytes of the row's start that {@link #head} holds; -1 while the row is in memory. */
  private int headLength;

  public RowScanner(InputStream in, CsvFormat format, int buffer) throws IOException {
    this(in, format, buffer, 0);
  }

  /**
   * @param offset in the file of the stream's first byte, where a row starts
   */
  public RowScanner(InputStream in, CsvFormat format, int buffer, long offset) throws IOException {
    this.window =
        new ByteWindow(
            in, offset, Math.max(buffer, Block.SIZE), Math.max(format.maxRowBytes(), HEAD_BYTES));
    this.slowRow = new SlowRow(format);
    this.slow = isSlow(format);
    this.comment = format.comment() == null ? NO_BYTE : format.comment();
    this.maxRowBytes = format.maxRowBytes();
    this.block = new Block(format.delimiter(), format.quote());
    window.fill(0);
    next = offset == 0 && startsWithMark(0) ? MARK.length : 0;
    restart(next);
  }

  /** From the next row on, keeps the places of so many cells of a row. */
  public void wantCells(int count) {
    cells.want(count);
  }

  /** Whether only the slow way knows the format. */
  public static boolean isSlow(CsvFormat format) {
    return format.escape() != null || format.trim();
  }

  /** From the next row on, quotes that swallow rows such as these are stray. */
  public void expect(RunOn rows) {
    runOn = rows;
  }

  /** The next row will be this one once more. */
  void pushBack() {
    again = true;
  }

  /** Passes over lines, whatever they hold. */
  void skipLines(int count) throws IOException {
    for (int i = 0; i < count && skipLine(); i++) {
      skipLineFeed();
    }
  }

  /** Goes to the next row, which may be empty or have a problem; false at the end of the file. */
  public boolean next() throws IOException {
    if (again) {
      again = false;
      return true;
    }
    skipLineFeed();
    if (comment != NO_BYTE) {
      skipComments();
    }
    start = next;
    cells.clear();
    problem = null;
    headLength = -1;
    escaped = block.escaped;
    boolean breaksInside = block.breaksInside;
    line = nextLine;
    if (slow) {
      return nextSlowly();
    }
    while (block.breaks == 0) {
      cells.endAll(block.separators, blockStart - start);
      block.separators = 0;
      if (block.broken) {
        return scanSlowly();
      }
      while (window.limit - blockStart < 2 * Block.SIZE && !window.ended) {
        if (window.limit - start > maxRowBytes) {
          return scanSlowly();
        }
        if (breaksInside && cutSoFar()) {
          return true;
        }
        fill();
      }
      int at = blockStart + Block.SIZE;
      if (at >= window.limit) {
        if (start >= window.limit) {
          next = start;
          return false;
        }
        if (block.isInside()) {
          return scanSlowly();
        }
        endRow(window.limit, breaksInside);
        return true;
      }
      block.read(window.bytes, at, window.limit);
      blockStart = at;
      escaped |= block.escaped;
      breaksInside |= block.breaksInside;
    }
    long first = block.breaks & -block.breaks;
    cells.endAll(block.separators & (first - 1), blockStart - start);
    block.separators &= -first;
    block.breaks ^= first;
    endRow(blockStart + Long.numberOfTrailingZeros(first), breaksInside);
    return true;
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

  private void endRow(int end, boolean breaksInside) {
    length = end - start;
    cells.end(length);
    offset = window.offset(start);
    nextLine = line + 1;
    if (length > maxRowBytes) {
      problem = RejectReason.ROW_TOO_LONG;
    }
    if (breaksInside) {
      long breaks = lineBreaks(end);
      nextLine += breaks;
      if (breaks > 0 && cut(end, breaks)) {
        return;
      }
    }
    leave(end);
  }

  /**
   * Goes back to the line with a stray quote, which is a row then and has a problem.
   *
   * @param end of the row, which has so many line breaks in it
   */
  private boolean cut(int end, long breaks) {
    if (runOn == null) {
      return false;
    }
    boolean badly = problem != null || cells.size() != runOn.columns();
    if (!badly && breaks < 2) {
      return false; // Not one line is all the cell's.
    }
    int limit = Math.min(end, start + maxRowBytes);
    return cutAt(runOn.strayLineEnd(window.bytes, start, limit, limit == end, badly));
  }

  /** The same of a row whose end is not in memory yet. */
  private boolean cutSoFar() {
    return runOn != null
        && cutAt(
            runOn.strayLineEndSoFar(
                window.bytes, start, Math.min(window.limit, start + maxRowBytes)));
  }

  private boolean cutAt(int lineEnd) {
    if (lineEnd < 0) {
      return false;
    }
    length = lineEnd - start;
    offset = window.offset(start);
    cells.clear();
    escaped = true;
    problem = RejectReason.UNCLOSED_QUOTE;
    nextLine = line + 1 + lineBreaks(lineEnd);
    leave(lineEnd);
    restart(next);
    return true;
  }

  private void leave(int end) {
    next = end;
    if (end < window.limit) {
      lineFeedMayFollow = window.bytes[end] == '\r';
      next++;
    }
  }

  private long lineBreaks(int end) {
    long count = 0;
    byte[] bytes = window.bytes;
    for (int at = start; at < end; at++) {
      if (bytes[at] == '\n' || bytes[at] == '\r' && bytes[at + 1] != '\n') {
        count++;
      }
    }
    return count;
  }

  private void fill() throws IOException {
    int moved = start;
    window.fill(start);
    start = 0;
    blockStart -= moved;
  }

  private void restart(int at) {
    block.restart();
    blockStart = at - Block.SIZE;
  }

  private boolean nextSlowly() throws IOException {
    if (!hasNext()) {
      return false;
    }
    return scanSlowly();
  }

  /** Whether there is a byte at the start of the next row. */
  private boolean hasNext() throws IOException {
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

  /**
   * Scans the row again from its start, byte by byte: for rows in which a quote stands where none
   * should, that the end of the file cuts, or that are too long for memory; and for all rows of
   * some dialects.
   */
  private boolean scanSlowly() throws IOException {
    SlowRow row = slowRow.restart();
    offset = window.offset(start);
    cells.clear();
    escaped = true;
    long dropped = 0;
    int at = 0;
    for (; ; at++) {
      if (start + at == window.limit) {
        if (window.ended) {
          break;
        }
        if (window.limit - start > Math.max(maxRowBytes, HEAD_BYTES) || headLength >= 0) {
          if (headLength < 0) {
            problem = RejectReason.ROW_TOO_LONG;
            if (row.lineBreaks() > 0 && cut(start + at, row.lineBreaks())) {
              return true;
            }
            headLength = HEAD_BYTES;
            System.arraycopy(window.bytes, start, head, 0, HEAD_BYTES);
          }
          dropped += at;
          start = window.limit;
          at = 0;
        } else if (row.lineBreaks() > 0 && cutSoFar()) {
          return true;
        }
        fill();
        if (start + at == window.limit) {
          break;
        }
      }
      byte b = window.bytes[start + at];
      if (row.ends(b)) {
        break;
      }
      if (row.separates(b)) {
        endSlowly(at);
      }
      row.accept(b);
    }
    length = at;
    endSlowly(at);
    problem = row.problem(start + at == window.limit && window.ended);
    if (dropped + at > maxRowBytes && problem != RejectReason.UNCLOSED_QUOTE) {
      problem = RejectReason.ROW_TOO_LONG;
    }
    nextLine = line + 1 + row.lineBreaks();
    if (problem == RejectReason.UNCLOSED_QUOTE && endsWithBreak(at)) {
      nextLine--; // The last line ends with the file; there is none behind it.
    }
    if (headLength < 0 && row.lineBreaks() > 0 && cut(start + at, row.lineBreaks())) {
      return true;
    }
    leave(start + at);
    if (!slow) {
      restart(next);
    }
    return true;
  }

  private boolean endsWithBreak(int end) {
    byte last = end == 0 ? (byte) ' ' : window.bytes[start + end - 1];
    return last == '\n' || last == '\r';
  }

  private void endSlowly(int at) {
    if (headLength < 0) {
      cells.end(at);
    } else {
      cells.count();
    }
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
    kept = other.kept;
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

  private boolean startsWithMark(int at) {
    return window.limit - at >= MARK.length
        && Arrays.equals(window.bytes, at, at + MARK.length, MARK, 0, MARK.length);
  }

  /** Whether a quoted cell of this row may hold a quote. */
  public boolean mayBeEscaped() {
    return escaped;
  }

  /** Offset in the file at which the next row starts, or the file's end. */
  public long nextOffset() throws IOException {
    if (again) {
      return offset;
    }
    skipLineFeed();
    if (comment != NO_BYTE) {
      skipComments();
    }
    return window.offset(next);
  }

  /** Physical line on which the next row starts, from 1. */
  public long nextLine() {
    return again ? line : nextLine;
  }

  /** Physical line on which the row starts, from 1. */
  public long line() {
    return line;
  }

  /** Physical lines that the row takes. */
  public long lines() {
    return nextLine - line;
  }

  /** A line of a row behind its first one. */
  @FunctionalInterface
  public interface MoreLine {
    void accept(long line, long offset, String text);
  }

  /** Gives the row's lines behind its first one; those that are not in memory have no text. */
  public void moreLines(MoreLine to) {
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

  /** Bytes that were read from the stream. */
  public long bytesRead() {
    return window.count();
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
