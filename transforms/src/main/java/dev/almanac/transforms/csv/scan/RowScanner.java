package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.RejectReason;
import java.io.IOException;
import java.io.InputStream;

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
public final class RowScanner extends LineScanner {
  /** Fits the second-level cache of a core. */
  public static final int DEFAULT_BUFFER = 256 << 10;

  private final SlowRow slowRow;
  private final boolean slow;
  private final int maxRowBytes;

  /** Knows stray quotes; null until it is known what rows look like. */
  private RunOn runOn;

  /** A line of a row behind its first one. */
  @FunctionalInterface
  public interface MoreLine {
    void accept(long line, long offset, String text);
  }

  public RowScanner(InputStream in, CsvFormat format, int buffer) throws IOException {
    this(in, format, buffer, 0);
  }

  /**
   * @param offset in the file of the stream's first byte, where a row starts
   */
  public RowScanner(InputStream in, CsvFormat format, int buffer, long offset) throws IOException {
    super(
        new ByteWindow(
            in, offset, Math.max(buffer, Block.SIZE), Math.max(format.maxRowBytes(), HEAD_BYTES)),
        format);
    this.slowRow = new SlowRow(format);
    this.slow = isSlow(format);
    this.maxRowBytes = format.maxRowBytes();
    begin(offset == 0);
  }

  /** Whether only the slow way knows the format. */
  public static boolean isSlow(CsvFormat format) {
    return format.escape() != null || format.trim();
  }

  /** From the next row on, quotes that swallow rows such as these are stray. */
  public void expect(RunOn rows) {
    runOn = rows;
  }

  /** Goes to the next row, which may be empty or have a problem; false at the end of the file. */
  public boolean next() throws IOException {
    if (standsAgain()) {
      return true;
    }
    goToNext();
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

  private boolean nextSlowly() throws IOException {
    if (!hasNext()) {
      return false;
    }
    return scanSlowly();
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

  private void endSlowly(int at) {
    if (headLength < 0) {
      cells.end(at);
    } else {
      cells.count();
    }
  }
}
