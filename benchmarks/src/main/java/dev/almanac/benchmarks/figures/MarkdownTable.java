package dev.almanac.benchmarks.figures;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table; the first column is text, the others are figures. */
public final class MarkdownTable {
  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  public MarkdownTable(String... head) {
    this.head = List.of(head);
  }

  /** Adds a row; cells left out at its end are empty. */
  public MarkdownTable row(Object... cells) {
    if (cells.length > head.size()) {
      throw new IllegalArgumentException(
          "Cannot add a row: it must have %d cells or fewer (%d)"
              .formatted(head.size(), cells.length));
    }
    List<String> row = new ArrayList<>();
    for (int i = 0; i < head.size(); i++) {
      row.add(i < cells.length ? escaped(cells[i]) : "");
    }
    rows.add(row);
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(line(head));
    text.append("|---").append("|---:".repeat(head.size() - 1)).append("|\n");
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String escaped(Object cell) {
    return String.valueOf(cell).replace("|", "\\|").replaceAll("\\s*\\R\\s*", "; ");
  }
}
