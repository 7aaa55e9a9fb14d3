package dev.almanac.transforms.csv.dialect;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CellText;
import dev.almanac.transforms.csv.scan.RowShape;
import dev.almanac.transforms.csv.scan.SimpleRow;
import dev.almanac.transforms.csv.stream.MarkedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One of a file's first rows, for a guess at how it is written.
 *
 * @param number of its first line, from 1
 * @param line its text as it stands
 * @param cells their texts; none is trimmed
 */
record SignRow(long number, String line, List<String> cells) {
  /** Rows that are looked at. */
  private static final int MOST = 500;

  /** Cells of a row that are looked at. */
  private static final int MOST_CELLS = 2_000;

  /**
   * The first rows that are neither blank nor comments; the last one may be cut and is left out.
   */
  static List<SignRow> read(byte[] text, CsvFormat format) {
    List<SignRow> rows = new ArrayList<>();
    SimpleRow row = new SimpleRow(format, MOST_CELLS, MOST_CELLS);
    CellText cell = new CellText(format);
    int at = MarkedText.markLength(text);
    long number = 1;
    for (int skipped = 0; skipped < format.skipRows() && at < text.length; skipped++, number++) {
      at = SimpleRow.behindBreak(text, SimpleRow.lineEnd(text, at, text.length), text.length);
    }
    while (at < text.length && rows.size() < MOST) {
      int end = row.read(text, at, text.length);
      boolean cut = end == text.length && text.length >= RowShape.HEAD;
      int lineEnd = SimpleRow.lineEnd(text, at, end);
      if (cut) {
        break;
      }
      boolean comment = format.comment() != null && text[at] == format.comment();
      if (row.problem() != null || comment) {
        end = lineEnd;
      }
      if (end > at && !comment) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < Math.min(row.cells(), MOST_CELLS) && row.problem() == null; i++) {
          cells.add(cell.of(text, row.from(i), row.to(i), true).toString());
        }
        rows.add(
            new SignRow(number, new String(text, at, end - at, StandardCharsets.UTF_8), cells));
      }
      int next = SimpleRow.behindBreak(text, end, text.length);
      number += lines(text, at, end) + 1;
      at = next;
    }
    return rows;
  }

  private static long lines(byte[] text, int from, int to) {
    long lines = 0;
    for (int at = from; at < to; at++) {
      boolean pair = text[at] == '\r' && at + 1 < to && text[at + 1] == '\n';
      lines += (text[at] == '\n' || text[at] == '\r') && !pair ? 1 : 0;
    }
    return lines;
  }
}
