package dev.almanac.transforms.csv;

/**
 * What each byte of one row does: the rules of {@link RowScanner}, spelled out.
 *
 * <p>Ask {@link #ends} and {@link #separates} about a byte, then {@link #accept} it.
 */
final class SlowRow {
  private enum State {
    /** At the start of a cell. */
    CELL,
    /** In a cell without quotes. */
    PLAIN,
    QUOTED,
    /** Behind a quote that closes the cell, or is the first of two. */
    CLOSED,
    /** Behind text that follows a closing quote. */
    MALFORMED
  }

  private final byte delimiter;
  private final byte quote;
  private State state = State.CELL;
  private boolean afterReturn;
  private long lineBreaks;

  SlowRow(byte delimiter, byte quote) {
    this.delimiter = delimiter;
    this.quote = quote;
  }

  boolean ends(byte b) {
    return (b == '\n' || b == '\r') && state != State.QUOTED;
  }

  boolean separates(byte b) {
    return b == delimiter && state != State.QUOTED && state != State.MALFORMED;
  }

  void accept(byte b) {
    if (b == '\r' || b == '\n' && !afterReturn) {
      lineBreaks++;
    }
    afterReturn = b == '\r';
    state =
        switch (state) {
          case CELL -> b == quote ? State.QUOTED : outside(b);
          case PLAIN -> outside(b);
          case QUOTED -> b == quote ? State.CLOSED : State.QUOTED;
          case CLOSED -> {
            if (b == quote) {
              yield State.QUOTED;
            }
            yield b == delimiter ? State.CELL : State.MALFORMED;
          }
          case MALFORMED -> State.MALFORMED;
        };
  }

  private State outside(byte b) {
    return b == delimiter ? State.CELL : State.PLAIN;
  }

  /** Line breaks inside the row. */
  long lineBreaks() {
    return lineBreaks;
  }

  /** What is wrong with the row that ends here, or null. */
  RejectReason problem(boolean fileEnds) {
    if (state == State.MALFORMED) {
      return RejectReason.MALFORMED_QUOTE;
    }
    return fileEnds && state == State.QUOTED ? RejectReason.UNCLOSED_QUOTE : null;
  }
}
