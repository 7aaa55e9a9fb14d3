package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.RejectReason;
import java.util.Arrays;

/**
 * What each byte of one row does: the rules of {@link RowScanner}, spelled out, and those of
 * dialects that the fast way does not know: escapes, and blanks around quotes.
 *
 * <p>Ask {@link #ends} and {@link #separates} about a byte, then {@link #accept} it. Reusable.
 */
final class SlowRow {
  private enum State {
    /** At the start of a cell, or behind blanks there that do not count. */
    CELL,
    /** In a cell without quotes. */
    PLAIN,
    /** Behind an escape in such a cell: the next byte is text. */
    PLAIN_ESCAPED,
    /** Behind a carriage return that was escaped: a line feed belongs to it. */
    PLAIN_RETURN,
    QUOTED,
    /** Behind an escape in a quoted cell. */
    QUOTED_ESCAPED,
    /** Behind a quote that closes the cell, or is the first of two. */
    CLOSED,
    /** Behind blanks that follow a closing quote and do not count. */
    PASSED,
    /** Behind text that follows a closing quote. */
    MALFORMED
  }

  private static final State[] STATES = State.values();

  /** What kinds of bytes there are; each byte is of the first one that it fits. */
  private static final int DELIMITER = 0;

  private static final int QUOTE = 1;
  private static final int ESCAPE = 2;
  private static final int LINE_FEED = 3;
  private static final int RETURN = 4;
  private static final int BLANK = 5;
  private static final int OTHER = 6;
  private static final int KINDS = 7;

  private final byte[] kinds = new byte[256];
  private final byte[] following = new byte[STATES.length * KINDS];
  private final boolean[] ending = new boolean[STATES.length * KINDS];
  private final boolean[] separating = new boolean[STATES.length * KINDS];
  private int state;
  private boolean afterReturn;
  private long lineBreaks;

  SlowRow(CsvFormat format) {
    Arrays.fill(kinds, (byte) OTHER);
    if (format.trim()) {
      kinds[' '] = BLANK;
      kinds['\t'] = BLANK;
    }
    kinds['\n'] = LINE_FEED;
    kinds['\r'] = RETURN;
    if (format.escape() != null) {
      kinds[format.escape()] = ESCAPE;
    }
    if (format.quote() != null) {
      kinds[format.quote()] = QUOTE;
    }
    kinds[format.delimiter()] = DELIMITER;
    boolean escapesPlain = format.quote() == null;
    for (State from : STATES) {
      for (int kind = 0; kind < KINDS; kind++) {
        int at = from.ordinal() * KINDS + kind;
        boolean held = holds(from, kind);
        ending[at] = (kind == LINE_FEED || kind == RETURN) && !held;
        separating[at] = kind == DELIMITER && from != State.MALFORMED && !held;
        following[at] = (byte) following(from, kind, escapesPlain).ordinal();
      }
    }
  }

  /** Whether a delimiter or a line break is text here. */
  private static boolean holds(State state, int kind) {
    return switch (state) {
      case QUOTED, QUOTED_ESCAPED, PLAIN_ESCAPED -> true;
      case PLAIN_RETURN -> kind == LINE_FEED;
      default -> false;
    };
  }

  private static State following(State state, int kind, boolean escapesPlain) {
    State outside =
        kind == DELIMITER
            ? State.CELL
            : escapesPlain && kind == ESCAPE ? State.PLAIN_ESCAPED : State.PLAIN;
    State behind = kind == DELIMITER ? State.CELL : kind == BLANK ? State.PASSED : State.MALFORMED;
    return switch (state) {
      case CELL -> kind == QUOTE ? State.QUOTED : kind == BLANK ? State.CELL : outside;
      case PLAIN -> outside;
      case PLAIN_ESCAPED -> kind == RETURN ? State.PLAIN_RETURN : State.PLAIN;
      case PLAIN_RETURN -> kind == LINE_FEED ? State.PLAIN : outside;
      case QUOTED ->
          kind == QUOTE ? State.CLOSED : kind == ESCAPE ? State.QUOTED_ESCAPED : State.QUOTED;
      case QUOTED_ESCAPED -> State.QUOTED;
      case CLOSED -> kind == QUOTE ? State.QUOTED : behind;
      case PASSED -> behind;
      case MALFORMED -> State.MALFORMED;
    };
  }

  /** The next byte is the first of a row. */
  SlowRow restart() {
    state = State.CELL.ordinal();
    afterReturn = false;
    lineBreaks = 0;
    return this;
  }

  boolean ends(byte b) {
    return ending[state * KINDS + kinds[b & 0xFF]];
  }

  boolean separates(byte b) {
    return separating[state * KINDS + kinds[b & 0xFF]];
  }

  void accept(byte b) {
    int kind = kinds[b & 0xFF];
    if (kind == RETURN || kind == LINE_FEED && !afterReturn) {
      lineBreaks++;
    }
    afterReturn = kind == RETURN;
    state = following[state * KINDS + kind];
  }

  /** Whether the last byte was inside a quoted cell, or a quote that may close it. */
  boolean isInQuotes() {
    return isOpen() || state == State.CLOSED.ordinal();
  }

  /** Whether the last byte was inside a quoted cell. */
  boolean isOpen() {
    return state == State.QUOTED.ordinal() || state == State.QUOTED_ESCAPED.ordinal();
  }

  /** Line breaks inside the row. */
  long lineBreaks() {
    return lineBreaks;
  }

  /** What is wrong with the row that ends here, or null. */
  RejectReason problem(boolean fileEnds) {
    if (state == State.MALFORMED.ordinal()) {
      return RejectReason.MALFORMED_QUOTE;
    }
    return fileEnds && isOpen() ? RejectReason.UNCLOSED_QUOTE : null;
  }
}
