package dev.almanac.pipelines.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table whose columns a reader may sort when scripts run, and read when they do not. */
final class Table {
  private final List<Column> columns = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  /** What the cells of a column are. */
  enum Kind {
    TEXT,
    NUMBER,
    CODE
  }

  private record Column(String title, Kind kind) {}

  /**
   * A cell.
   *
   * @param value what rows are sorted by; null to sort by the text
   * @param bar the length of a bar behind the text, from 0 to 1; null for none
   */
  record Cell(String text, Double value, Double bar) {
    static Cell of(String text) {
      return new Cell(text == null ? "" : text, null, null);
    }

    static Cell count(long value) {
      return new Cell(Digits.count(value), (double) value, null);
    }

    static Cell number(double value, Digits digits) {
      return new Cell(digits.text(value), value, null);
    }

    static Cell signed(double value, Digits digits) {
      return new Cell(digits.signed(value), value, null);
    }

    static Cell share(double value) {
      return new Cell(Digits.share(value), value, null);
    }

    Cell withBar(double length) {
      return new Cell(
          text, value, Double.isFinite(length) ? Math.max(0, Math.min(1, length)) : null);
    }
  }

  Table column(String title, Kind kind) {
    columns.add(new Column(title, kind));
    return this;
  }

  Table row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "Cannot add a row: the table has %s columns (%s cells)"
              .formatted(columns.size(), cells.length));
    }
    rows.add(List.of(cells));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void appendTo(Html html, String styles) {
    html.open("div", "class", "scroll").open("table", "class", styles).open("thead").open("tr");
    for (Column column : columns) {
      html.element("th", column.title(), "class", style(column), "scope", "col");
    }
    html.close().close().open("tbody");
    for (List<Cell> row : rows) {
      html.open("tr");
      for (int i = 0; i < row.size(); i++) {
        append(html, columns.get(i), row.get(i));
      }
      html.close();
    }
    html.close().close().close();
  }

  private static void append(Html html, Column column, Cell cell) {
    List<String> attributes = new ArrayList<>(List.of("class", style(column)));
    if (cell.value() != null && !cell.value().isNaN()) {
      attributes.addAll(List.of("data-value", cell.value().toString()));
    }
    if (cell.bar() != null) {
      attributes.addAll(List.of("style", String.format(Locale.ROOT, "--bar:%.4f", cell.bar())));
      attributes.set(1, style(column) + " bar");
    }
    html.element("td", cell.text(), attributes.toArray(String[]::new));
  }

  private static String style(Column column) {
    return column.kind().name().toLowerCase(Locale.ROOT);
  }
}
