package dev.almanac.transforms.csv.scan;

/**
 * The marks in 64 bytes of CSV, found with no branch a byte: bit i stands for byte i.
 *
 * <p>The parity of the quotes up to a byte says whether it is inside a quoted cell (the method of
 * simdjson, Langdale and Lemire 2019, on ordinary longs). That holds as long as quotes stand where
 * RFC 4180 puts them; a block in which one does not is {@link #broken} and keeps only the marks
 * before it. Blocks are read one after another; the state between them is kept here.
 */
final class Block {
  static final int SIZE = 64;

  private static final long LINE_FEEDS = Bits.repeated('\n');
  private static final long RETURNS = Bits.repeated('\r');

  private final long delimiters;
  private final long quotes;

  /** All ones where quotes mean something, else 0. */
  private final long quoting;

  /** Delimiters between cells that are still to be looked at. */
  long separators;

  /** Line breaks between rows that are still to be looked at; CR LF has two bits. */
  long breaks;

  /** Whether a quoted cell holds a quote here. */
  boolean escaped;

  /** Whether a quoted cell holds a line break here. */
  boolean breaksInside;

  /** Whether a quote stands where RFC 4180 has none. */
  boolean broken;

  /** All ones while the last byte read is inside a quoted cell, else 0. */
  private long inside;

  /** 1 when a cell may open at the next byte: at a row's start, after a delimiter, a quote. */
  private long mayOpen;

  /** 1 when the last byte read closed a quoted cell. */
  private long closed;

  /**
   * @param quote null when quotes are text
   */
  Block(char delimiter, Character quote) {
    this.delimiters = Bits.repeated(delimiter);
    this.quotes = Bits.repeated(quote == null ? '"' : quote);
    this.quoting = quote == null ? 0 : -1;
    restart();
  }

  /** The next block starts where a row does. */
  void restart() {
    separators = 0;
    breaks = 0;
    escaped = false;
    breaksInside = false;
    broken = false;
    inside = 0;
    mayOpen = 1;
    closed = 0;
  }

  /** Whether what was read ends inside a quoted cell. */
  boolean isInside() {
    return inside != 0;
  }

  /**
   * Reads the next block.
   *
   * @param at a position with 64 bytes behind it in the array
   * @param limit end of the valid bytes, past {@code at}; only the file's last block may pass it
   */
  void read(byte[] bytes, int at, int limit) {
    long quote = 0;
    long delimiter = 0;
    long lineBreak = 0;
    for (int i = 0; i < 8; i++) {
      long word = Bits.word(bytes, at + 8 * i);
      long low = Bits.lowSeven(word);
      long ascii = Bits.ascii(word);
      quote |= Bits.gathered(ascii & ~Bits.differ(low, quotes)) << 8 * i;
      delimiter |= Bits.gathered(ascii & ~Bits.differ(low, delimiters)) << 8 * i;
      if (Bits.hasControl(word, ascii)) {
        long noBreak = Bits.differ(low, LINE_FEEDS) & Bits.differ(low, RETURNS);
        lineBreak |= Bits.gathered(ascii & ~noBreak) << 8 * i;
      }
    }
    quote &= quoting;
    long valid = -1L;
    if (limit - at < SIZE) {
      valid = (1L << (limit - at)) - 1;
      quote &= valid;
      delimiter &= valid;
      lineBreak &= valid;
    }
    long quoted = Bits.prefixParity(quote) ^ inside;
    long opening = quote & quoted;
    long closing = quote & ~quoted;
    long afterClosing = closing << 1 | closed;
    separators = delimiter & ~quoted;
    breaks = lineBreak & ~quoted;
    long boundary = separators | breaks | closing;
    long misplaced =
        opening & ~(boundary << 1 | mayOpen)
            | afterClosing & ~(quote | delimiter | lineBreak) & valid;
    escaped = (opening & afterClosing) != 0;
    breaksInside = (lineBreak & quoted) != 0;
    broken = misplaced != 0;
    if (broken) {
      long before = (misplaced & -misplaced) - 1;
      separators &= before;
      breaks &= before;
    }
    inside = quoted >> 63;
    mayOpen = boundary >>> 63;
    closed = closing >>> 63;
  }

  /** Drops the marks of the first bytes; of none when there are less than none. */
  void skip(int bytes) {
    if (bytes > 0) {
      long kept = bytes < SIZE ? -1L << bytes : 0;
      separators &= kept;
      breaks &= kept;
    }
  }
}
