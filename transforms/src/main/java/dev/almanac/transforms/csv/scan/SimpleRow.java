package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.RejectReason;

/** Reads bytes in memory one by one to see whether they are a row. Reusable; not thread-safe. */
public final class SimpleRow {
  private final SlowRow rules;
  private final int columns;
  private final int[] ends;
  private int first;
  private int cells;
  private RejectReason problem;

  /**
   * @param columns cells of a whole row
   * @param kept cells whose places are kept
   */
  public SimpleRow(CsvFormat format, int columns, int kept) {
    this.rules = new SlowRow(format);
    this.columns = columns;
    this.ends = new int[kept];
  }

  /** Reads the row that starts at a byte; returns where it ends, at its line break or the limit. */
  public int read(byte[] bytes, int from, int limit) {
    rules.restart();
    first = from;
    cells = 0;
    int at = from;
    for (; at < limit; at++) {
      byte b = bytes[at];
      if (rules.ends(b)) {
        break;
      }
      if (rules.separates(b)) {
        end(at);
      }
      rules.accept(b);
    }
    end(at);
    problem = rules.problem(true);
    return at;
  }

  private void end(int at) {
    if (cells < ends.length) {
      ends[cells] = at;
    }
    cells++;
  }

  /** How many cells it has. */
  public int cells() {
    return cells;
  }

  /** What is wrong with its quotes, or null. */
  public RejectReason problem() {
    return problem;
  }

  /** Whether it has all its cells and its quotes are right. */
  boolean isWhole() {
    return problem == null && cells == columns;
  }

  public int from(int cell) {
    return cell == 0 ? first : ends[cell - 1] + 1;
  }

  public int to(int cell) {
    return ends[cell];
  }

  /** The next line break, or the limit. */
  public static int lineEnd(byte[] bytes, int from, int limit) {
    int at = from;
    while (at < limit && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  /** The byte behind the line break at a place: LF, CR or both. */
  public static int behindBreak(byte[] bytes, int at, int limit) {
    if (at + 1 < limit && bytes[at] == '\r' && bytes[at + 1] == '\n') {
      return at + 2;
    }
    return Math.min(at + 1, limit);
  }
}
