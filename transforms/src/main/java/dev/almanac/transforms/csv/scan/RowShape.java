package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.schema.text.NumberForm;
import dev.almanac.transforms.schema.text.NumberKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the rows of a file look like: how many cells they have, and which columns hold numbers or
 * dates. It is learned from the file's first rows, so every reader of a part of the file gets the
 * same.
 */
public final class RowShape {
  /** Bytes from a file's start that are looked at. */
  public static final int HEAD = 64 << 10;

  /** Rows that are learned from. */
  private static final int SAMPLE = 50;

  /** Rows that are enough when the next one may be cut. */
  private static final int ENOUGH = 5;

  /** Columns that are looked into: a table with more has enough that tell. */
  private static final int LOOKED_INTO = 1000;

  private enum Kind {
    NUMBER,
    /** Digits with what stands between them in dates and times. */
    DIGITS,
    TEXT
  }

  private final CsvFormat format;
  private final NumberForm numbers;
  private final int columns;
  private final Kind[] kinds;
  private final NullTexts[] nulls;
  private final CellText cell;

  /**
   * @param head the first bytes of the file in UTF-8, at most {@link #HEAD}
   * @param columns that the header has
   */
  static RowShape of(byte[] head, CsvFormat format, int columns) {
    RowShape shape = new RowShape(format, columns);
    try (RowScanner rows =
        new RowScanner(new ByteArrayInputStream(head), format, Math.max(1, head.length))) {
      CsvHeader header = CsvHeader.read(rows, format, "");
      if (header.size() != columns) {
        return shape; // Cut by the end of the bytes.
      }
      for (int i = 0; i < shape.kinds.length; i++) {
        String name = header.names().get(i);
        shape.nulls[i] =
            format.nullValues().containsKey(name)
                ? new NullTexts(format.nulls(name), shape.numbers)
                : shape.nulls[i];
      }
      shape.learn(head, (int) rows.nextOffset());
    } catch (IOException noHeader) {
      // It is longer than the bytes that are looked at: nothing is known of the cells.
      Arrays.fill(shape.kinds, Kind.TEXT);
    }
    return shape;
  }

  private RowShape(CsvFormat format, int columns) {
    this.format = format;
    this.numbers = format.numbers();
    this.columns = columns;
    this.kinds = new Kind[Math.min(LOOKED_INTO, columns)];
    this.nulls = new NullTexts[kinds.length];
    Arrays.fill(nulls, new NullTexts(format.nulls(), numbers));
    this.cell = new CellText(format);
    Arrays.fill(kinds, Kind.TEXT);
  }

  /**
   * The first rows say what they hold; of one that is none its first line is passed over. The last
   * one may be cut.
   */
  private void learn(byte[] head, int from) {
    int[][] votes = new int[kinds.length][Kind.values().length];
    SimpleRow row = row();
    int seen = 0;
    for (int at = from; seen < SAMPLE && at < head.length; ) {
      int end = row.read(head, at, head.length);
      if (end == head.length && seen >= ENOUGH) {
        break;
      }
      if (row.isWhole() && end > at) {
        seen++;
        vote(head, row, votes);
      } else {
        end = SimpleRow.lineEnd(head, at, head.length);
      }
      at = SimpleRow.behindBreak(head, end, head.length);
    }
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = winner(votes[i]);
    }
  }

  private void vote(byte[] head, SimpleRow row, int[][] votes) {
    for (int i = 0; i < kinds.length; i++) {
      cell.of(head, row.from(i), row.to(i), true).trim();
      if (!nulls[i].contains(cell.bytes, cell.from, cell.to)) {
        votes[i][kind(cell).ordinal()]++;
      }
    }
  }

  /** A kind that nearly all have. */
  private static Kind winner(int[] votes) {
    int all = Arrays.stream(votes).sum();
    for (Kind kind : Kind.values()) {
      if (all >= 2 && 10 * votes[kind.ordinal()] >= 9 * all) {
        return kind;
      }
    }
    return Kind.TEXT;
  }

  private Kind kind(CellText text) {
    if (numbers.kind(text.bytes, text.from, text.to) != NumberKind.NONE) {
      return Kind.NUMBER;
    }
    boolean digits = false;
    for (int at = text.from; at < text.to; at++) {
      byte b = text.bytes[at];
      boolean isDigit = b >= '0' && b <= '9';
      if (!isDigit && "-/.: TZ+".indexOf(b) < 0) {
        return Kind.TEXT;
      }
      digits |= isDigit;
    }
    return digits ? Kind.DIGITS : Kind.TEXT;
  }

  /** A row with the places of the cells that are looked into. */
  SimpleRow row() {
    return new SimpleRow(format, columns, kinds.length);
  }

  /**
   * How many of a row's cells are the number or date that their columns hold; -1 when another text
   * stands in the place of one.
   */
  int fit(byte[] bytes, SimpleRow row) {
    int fit = 0;
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] != Kind.TEXT) {
        cell.of(bytes, row.from(i), row.to(i), true).trim();
        if (!nulls[i].contains(cell.bytes, cell.from, cell.to)) {
          if (kind(cell) != kinds[i]) {
            return -1;
          }
          fit++;
        }
      }
    }
    return fit;
  }
}
