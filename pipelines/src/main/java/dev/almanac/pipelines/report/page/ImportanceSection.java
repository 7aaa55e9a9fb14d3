package dev.almanac.pipelines.report.page;

import dev.almanac.training.evaluate.Importance;
import dev.almanac.training.run.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much worse the model gets without what each source column says. */
public final class ImportanceSection {
  private static final int SHOWN = 30;

  /**
   * Says more than a share of right answers, which stays the same while a model loses its nerve.
   */
  private static final String OF_CLASSES = "log-loss";

  private ImportanceSection() {}

  /** A column and the increase of the metric, permutation by permutation. */
  private record Increase(Importance.Source source, Spread spread) {}

  public static void write(Page page, ReportSource source) {
    Importance importance = source.importance();
    if (importance == null || importance.columns().isEmpty()) {
      return;
    }
    String metric =
        importance.metrics().containsKey(OF_CLASSES)
            ? OF_CLASSES
            : importance.metrics().keySet().iterator().next();
    MetricWords words = MetricWords.of(metric);
    List<Increase> increases = new ArrayList<>();
    importance
        .columns()
        .forEach(
            column -> increases.add(new Increase(column, increase(importance, column, metric))));
    increases.sort(
        Comparator.comparingDouble((Increase increase) -> -increase.spread().mean())
            .thenComparing(increase -> increase.source().name()));
    int repeats = increases.get(0).spread().values().size();
    page.section(
        "importance",
        "What it looks at",
        "How much %s grows when the values of a source column are dealt out anew among the rows, all features computed from it together. Two columns that say the same share their importance, and both may look small."
            .formatted(words.title()),
        () ->
            page.chart(
                "importance-columns",
                "importance",
                Page.Width.WHOLE,
                "Permutation importance",
                "Mean of %s permutations and their standard deviation, on %s of %s %s rows, where %s is %s as they are.%s"
                    .formatted(
                        repeats,
                        Digits.count(importance.rows()),
                        Digits.count(importance.splitRows()),
                        importance.split(),
                        words.title(),
                        words.text(importance.metrics().get(metric)),
                        increases.size() > SHOWN
                            ? " The picture ends after %s columns.".formatted(SHOWN)
                            : ""),
                data(words, increases.subList(0, Math.min(SHOWN, increases.size()))),
                table(importance, increases)));
  }

  private static Spread increase(Importance importance, Importance.Source column, String metric) {
    double before = importance.metrics().get(metric);
    return Spread.of(column.permuted().get(metric).stream().map(after -> after - before).toList());
  }

  private static Map<String, Object> data(MetricWords words, List<Increase> increases) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", "increase of " + words.title());
    data.put("labels", increases.stream().map(increase -> increase.source().name()).toList());
    data.put(
        "mean",
        increases.stream().map(increase -> Digits.drawn(increase.spread().mean())).toList());
    data.put(
        "sd",
        increases.stream()
            .map(increase -> increase.spread().sd() == null ? 0 : increase.spread().sd())
            .map(Digits::drawn)
            .toList());
    data.put("features", increases.stream().map(increase -> increase.source().encoded()).toList());
    return data;
  }

  private static Table table(Importance importance, List<Increase> increases) {
    Table table = new Table().column("column", Table.Kind.TEXT);
    importance
        .metrics()
        .forEach(
            (metric, value) -> {
              table.column(MetricWords.of(metric).title(), Table.Kind.NUMBER);
              table.column("sd", Table.Kind.NUMBER);
            });
    table.column("features", Table.Kind.TEXT);
    for (Increase increase : increases) {
      List<Table.Cell> cells = new ArrayList<>();
      cells.add(Table.Cell.of(increase.source().name()));
      importance
          .metrics()
          .forEach(
              (metric, value) -> {
                Spread spread = increase(importance, increase.source(), metric);
                Digits digits = Digits.of(value);
                cells.add(Table.Cell.signed(spread.mean(), digits));
                cells.add(
                    Table.Cell.number(spread.sd() == null ? Double.NaN : spread.sd(), digits));
              });
      cells.add(Table.Cell.of(String.join(", ", increase.source().encoded())));
      table.row(cells.toArray(Table.Cell[]::new));
    }
    return table;
  }
}
