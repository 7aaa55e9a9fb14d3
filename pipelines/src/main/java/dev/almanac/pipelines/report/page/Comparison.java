package dev.almanac.pipelines.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs side by side: one page that opens offline.
 *
 * @param title of the page
 * @param runs what each is called
 * @param differences a line a key on which they differ
 * @param metrics a line a metric
 * @param curveOf what the curves are of; null without any
 */
public record Comparison(
    String title,
    List<String> runs,
    List<Line> differences,
    List<Line> metrics,
    String curveOf,
    List<Curve> curves) {

  /**
   * A line of a table.
   *
   * @param values in the order of the runs; null for none
   * @param numbers likewise, where they are numbers
   */
  public record Line(String key, List<String> values, List<Double> numbers) {}

  /** A value an epoch. */
  public record Curve(String run, List<Integer> epochs, List<Double> values) {}

  /** The whole file. */
  public String text() {
    Page page = new Page();
    page.html().open("header").element("h1", title).close();
    page.section(
        "metrics",
        "How good they are",
        "Of the weights that each run kept.",
        () -> table(metrics).appendTo(page.html(), "sortable"));
    page.section(
        "curves",
        "How they learned",
        "",
        () -> {
          if (curves.isEmpty()) {
            page.absent("No run has finished an epoch with this metric.");
            return;
          }
          page.chart(
              "curve",
              "overlay",
              Page.Width.WHOLE,
              curveOf,
              "After each epoch.",
              Map.of("series", series()),
              curveTable());
        });
    page.section(
        "differences",
        "What differs",
        differences.isEmpty() ? "Nothing that is recorded." : "",
        () -> {
          if (!differences.isEmpty()) {
            table(differences).appendTo(page.html(), "sortable");
          }
        });
    return page.text(title);
  }

  private Table table(List<Line> lines) {
    Table table = new Table().column("", Table.Kind.TEXT);
    runs.forEach(run -> table.column(run, Table.Kind.CODE));
    for (Line line : lines) {
      List<Table.Cell> cells = new ArrayList<>(List.of(Table.Cell.of(line.key())));
      for (int i = 0; i < runs.size(); i++) {
        cells.add(new Table.Cell(shown(line.values().get(i)), line.numbers().get(i), null));
      }
      table.row(cells.toArray(Table.Cell[]::new));
    }
    return table;
  }

  private static String shown(String value) {
    return value == null ? "" : value;
  }

  private List<Map<String, Object>> series() {
    List<Map<String, Object>> series = new ArrayList<>();
    for (Curve curve : curves) {
      List<List<Number>> points = new ArrayList<>();
      for (int i = 0; i < curve.epochs().size(); i++) {
        points.add(Arrays.asList(curve.epochs().get(i), Digits.drawn(curve.values().get(i))));
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", curve.run());
      one.put("points", points);
      series.add(one);
    }
    return series;
  }

  private Table curveTable() {
    Table table =
        new Table()
            .column("run", Table.Kind.TEXT)
            .column("epoch", Table.Kind.NUMBER)
            .column(curveOf, Table.Kind.NUMBER);
    for (Curve curve : curves) {
      for (int i = 0; i < curve.epochs().size(); i++) {
        double value = curve.values().get(i);
        table.row(
            Table.Cell.of(curve.run()),
            Table.Cell.count(curve.epochs().get(i)),
            Table.Cell.number(value, Digits.of(value)));
      }
    }
    return table;
  }
}
