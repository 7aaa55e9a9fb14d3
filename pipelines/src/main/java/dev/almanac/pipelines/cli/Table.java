package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of cells in columns: text to the left, numbers to the right. */
final class Table {
  private static final String GAP = "  ";
  private static final String CUT = "..";

  /** A column of texts is not cut to less. */
  private static final int LEAST = 10;

  /** Characters of a run's id. */
  private static final int NAME = 26;

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    this.head = List.of(head);
  }

  /** Adds a row; null shows as nothing. */
  Table row(Object... cells) {
    rows.add(Arrays.stream(cells).map(Table::text).toList());
    return this;
  }

  String text() {
    return text(Integer.MAX_VALUE);
  }

  /**
   * The same in lines of at most so many characters: the widest texts are cut until all fits, and
   * where that does not do columns on the right are left out, which is said below.
   */
  String text(int width) {
    int[] widths = new int[head.size()];
    boolean[] right = new boolean[head.size()];
    for (int column = 0; column < widths.length; column++) {
      int at = column;
      widths[column] =
          Math.max(
              head.get(at).length(),
              rows.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0));
      right[column] =
          rows.stream().anyMatch(cells -> isNumber(cells.get(at)))
              && rows.stream()
                  .allMatch(cells -> cells.get(at).isEmpty() || isNumber(cells.get(at)));
    }
    int columns = fit(widths, right, width);
    StringBuilder text = new StringBuilder();
    line(text, head, widths, right, columns);
    rows.forEach(row -> line(text, row, widths, right, columns));
    if (columns < widths.length) {
      text.append(
          "(no room for %s; a wider terminal, COLUMNS or --json shows them)%n"
              .formatted(String.join(", ", head.subList(columns, head.size()))));
    }
    return text.toString();
  }

  /** Cuts columns of text down; how many columns there is room for. */
  private static int fit(int[] widths, boolean[] right, int width) {
    int columns = widths.length;
    while (total(widths, columns) > width) {
      int widest = -1;
      for (int column = 0; column < columns; column++) {
        // A run's name is no name when it is cut.
        boolean named = column < 2 && widths[column] <= NAME;
        if (!right[column]
            && !named
            && widths[column] > LEAST
            && (widest < 0 || widths[column] > widths[widest])) {
          widest = column;
        }
      }
      if (widest >= 0) {
        widths[widest]--;
      } else if (columns > 2) {
        columns--;
      } else {
        return columns;
      }
    }
    return columns;
  }

  private static long total(int[] widths, int columns) {
    long total = 0;
    for (int column = 0; column < columns; column++) {
      total += widths[column] + (column == 0 ? 0 : GAP.length());
    }
    return total;
  }

  private static void line(
      StringBuilder text, List<String> row, int[] widths, boolean[] right, int columns) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < columns; column++) {
      String cell = row.get(column);
      if (cell.length() > widths[column]) {
        cell = cell.substring(0, widths[column] - CUT.length()) + CUT;
      }
      String pad = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : GAP).append(right[column] ? pad + cell : cell + pad);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String text(Object cell) {
    if (cell == null) {
      return "";
    }
    return cell instanceof Double value ? Figures.number(value) : cell.toString();
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[-+]?[\\d.]+([eE][-+]?\\d+)?");
  }
}
