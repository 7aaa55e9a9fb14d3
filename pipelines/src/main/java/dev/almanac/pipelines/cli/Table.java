package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of cells in columns: text to the left, numbers to the right. */
final class Table {
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
    List<List<String>> all = new ArrayList<>(List.of(head));
    all.addAll(rows);
    int columns = head.size();
    StringBuilder text = new StringBuilder();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        int at = column;
        int width = all.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
        boolean right =
            rows.stream().anyMatch(cells -> isNumber(cells.get(at)))
                && rows.stream()
                    .allMatch(cells -> cells.get(at).isEmpty() || isNumber(cells.get(at)));
        String cell = row.get(column);
        String pad = " ".repeat(width - cell.length());
        line.append(column == 0 ? "" : "  ").append(right ? pad + cell : cell + pad);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
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
