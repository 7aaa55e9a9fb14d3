package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.csv.format.CsvFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a quoted cell that holds line breaks from a stray quote that swallows the rows behind it.
 *
 * <p>A quoted cell that runs over line breaks is tested: the lines behind the one with its opening
 * quote are read as rows of their own, up to the line on which the cell closes. A row is
 * <i>good</i> when it has the header's number of cells, well-formed quotes, and a number or date
 * wherever the file's first rows have one ({@link RowShape}); each such number or date
 * <i>tells</i>. The quote is stray
 *
 * <ul>
 *   <li>in a row that ends badly (malformed or unclosed quote, more or fewer cells than the header,
 *       too long), when more than two thirds of the rows behind it are good, and a cell tells or,
 *       where no column can, there are three rows of two cells or more;
 *   <li>in a row that is well formed all the same, when nearly all rows that the cell took are good
 *       (eight ninths) and eight cells tell: a table within a cell does not have the types of the
 *       table around it;
 *   <li>in either, without looking further, when sixty-four rows are nearly all good, whatever they
 *       tell.
 * </ul>
 *
 * <p>Otherwise it is a cell with line breaks. The answer depends only on the bytes from the row's
 * start on, and on at most as many as a row may have, so it is the same from wherever a file is
 * read. Not thread-safe.
 */
public final class RunOn {
  /** Rows behind a quote that are looked at, at most. */
  private static final int LOOKED_AT = 64;

  /** Good rows to a bad one where nearly all are good. */
  private static final int NEARLY_ALL = 8;

  /** Numbers and dates in their places that a well-formed cell does not hold. */
  private static final int TELLING = 8;

  /** Good rows that are enough where no cell tells anything. */
  private static final int UNTOLD = 3;

  private final byte[] head;
  private final CsvFormat format;
  private final int columns;
  private final int comment;

  // Learned where the first quoted cell runs on: most files have none.
  private RowShape shape;
  private SlowRow rules;
  private SimpleRow row;

  /** Of the cell that was looked at last: good rows, others, and cells that tell. */
  private int good;

  private int bad;
  private int told;

  /** A quoted cell over several lines: the end of its first line, and of its last one. */
  private record Cell(int firstLineEnd, int lastLineEnd) {}

  /**
   * @param head the first bytes of the file in UTF-8, at most {@link RowShape#HEAD}
   * @param columns that the header has
   */
  public RunOn(byte[] head, CsvFormat format, int columns) {
    this.head = head;
    this.format = format;
    this.columns = columns;
    this.comment = format.comment() == null ? -1 : format.comment();
  }

  int columns() {
    return columns;
  }

  /**
   * Where the line with the stray quote ends; -1 when there is none.
   *
   * @param limit the end of the row, or of the bytes that a row may have
   * @param ends whether the row, or its file, ends at the limit
   * @param badly whether the row ends badly
   */
  int strayLineEnd(byte[] bytes, int start, int limit, boolean ends, boolean badly) {
    List<Cell> cells = cells(bytes, start, limit);
    for (Cell cell : cells) {
      look(bytes, cell, limit, ends);
      if (isRows()) {
        return cell.firstLineEnd;
      }
    }
    for (Cell cell : badly ? cells : List.<Cell>of()) {
      look(bytes, cell, limit, ends);
      if (good > 2 * bad && (told > 0 || good >= UNTOLD && columns > 1)) {
        return cell.firstLineEnd;
      }
    }
    return -1;
  }

  /** The same, as far as it is sure, of a row whose end is not known yet. */
  int strayLineEndSoFar(byte[] bytes, int start, int limit) {
    for (Cell cell : cells(bytes, start, limit)) {
      look(bytes, cell, limit, false);
      boolean known = cell.lastLineEnd < limit || good + bad == LOOKED_AT;
      if (known && isRows()) {
        return cell.firstLineEnd;
      }
    }
    return -1;
  }

  /** Whether what a cell took are rows, however it ends. */
  private boolean isRows() {
    boolean nearlyAll = good > NEARLY_ALL * bad;
    return nearlyAll && (told >= TELLING || good + bad == LOOKED_AT && columns > 1);
  }

  /** Counts the rows behind a cell's first line; their number goes to the fields. */
  private void look(byte[] bytes, Cell cell, int limit, boolean ends) {
    good = 0;
    bad = 0;
    told = 0;
    boolean lineEnds = cell.lastLineEnd < limit || ends;
    int at = SimpleRow.behindBreak(bytes, cell.firstLineEnd, limit);
    while (at < cell.lastLineEnd && good + bad < LOOKED_AT) {
      int end = row.read(bytes, at, cell.lastLineEnd);
      if (end == cell.lastLineEnd && !lineEnds) {
        break;
      }
      if (end > at && bytes[at] != comment) {
        int fit = row.isWhole() ? shape.fit(bytes, row) : -1;
        good += fit >= 0 ? 1 : 0;
        told += Math.max(0, fit);
        bad += fit < 0 ? 1 : 0;
      }
      at = SimpleRow.behindBreak(bytes, end, limit);
    }
  }

  private void learn() {
    if (shape == null) {
      shape = RowShape.of(head, format, columns);
      rules = new SlowRow(format);
      row = shape.row();
    }
  }

  /** The quoted cells with line breaks in them, the first one first. */
  private List<Cell> cells(byte[] bytes, int start, int limit) {
    List<Cell> cells = new ArrayList<>();
    learn();
    rules.restart();
    int firstBreak = -1;
    for (int at = start; at < limit; at++) {
      byte b = bytes[at];
      boolean wasInQuotes = rules.isInQuotes();
      rules.accept(b);
      if (rules.isOpen() && firstBreak < 0 && (b == '\n' || b == '\r')) {
        firstBreak = at;
      } else if (wasInQuotes && !rules.isInQuotes()) {
        if (firstBreak >= 0) {
          cells.add(new Cell(firstBreak, SimpleRow.lineEnd(bytes, at, limit)));
        }
        firstBreak = -1;
      }
    }
    if (firstBreak >= 0) {
      cells.add(new Cell(firstBreak, limit));
    }
    return cells;
  }
}
