package dev.almanac.pipelines.report.page;

import dev.almanac.pipelines.report.measure.MeanInterval;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.Spread;
import dev.almanac.transforms.split.Split;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the run is worth: each metric big, beside the same of simple models on the same rows. */
public final class HeadlineSection {
  private static final String MODEL = "this model";

  private HeadlineSection() {}

  /**
   * Writes the section.
   *
   * @param summary a sentence or two about the errors; may be empty
   */
  public static void write(Page page, ReportSource source, String summary) {
    RunRecord record = source.record();
    Split split = record.metrics().containsKey(Split.TEST.text()) ? Split.TEST : Split.VALIDATION;
    Map<String, Double> metrics = record.metrics().getOrDefault(split.text(), Map.of());
    String lead =
        split == Split.TEST
            ? "On the test split, which nothing was fitted to or chosen by. " + summary
            : "On the validation split, which chose the best epoch: "
                + (source.hasNoTestRows()
                    ? "the dataset has no test rows."
                    : "the run was not evaluated on the test split.");
    page.section(
        "result",
        "What the model is worth",
        metrics.isEmpty() ? "" : lead.strip(),
        () -> {
          if (metrics.isEmpty()) {
            page.absent(
                source.hasNoTestRows() && source.hasNoValidationRows()
                    ? "The dataset has neither test nor validation rows to measure the run on."
                    : "The run has no metrics yet.");
            return;
          }
          page.html().open("div", "class", "cards");
          metrics.forEach((key, value) -> card(page.html(), source, split, key, value));
          page.html().close();
        });
  }

  private static void card(Html html, ReportSource source, Split split, String key, double value) {
    RunRecord record = source.record();
    MetricWords words = MetricWords.of(key);
    html.open("article", "class", "card");
    html.open("h3").text(words.title()).element("small", meaning(words, record)).close();
    html.element("p", words.text(value), "class", "big");
    Map<String, Double> compared = new LinkedHashMap<>();
    compared.put(MODEL, value);
    record
        .baselines()
        .getOrDefault(split.text(), Map.of())
        .forEach(
            (name, baseline) -> {
              if (baseline.metrics().containsKey(key)) {
                compared.put(name, baseline.metrics().get(key));
              }
            });
    bars(html, words, compared);
    Double validation =
        split == Split.TEST
            ? record.metrics().getOrDefault(Split.VALIDATION.text(), Map.of()).get(key)
            : null;
    if (validation != null) {
      html.element(
          "p", "%s on validation".formatted(words.text(validation, value)), "class", "aside");
    }
    Spread spread = source.group().metrics().get("metrics.%s.%s".formatted(split.text(), key));
    if (spread != null && spread.sd() != null) {
      html.element("p", repeats(words, spread, value), "class", "aside");
    }
    html.close();
  }

  private static String repeats(MetricWords words, Spread spread, double typical) {
    MeanInterval interval = MeanInterval.of(spread.values());
    return "Mean of %s seeds: %s, 95%% from %s to %s"
        .formatted(
            spread.values().size(),
            words.text(spread.mean(), typical),
            words.text(interval.low(), typical),
            words.text(interval.high(), typical));
  }

  private static String meaning(MetricWords words, RunRecord record) {
    boolean inUnit = words.key().equals("mae") || words.key().equals("rmse");
    return inUnit
        ? "%s, in the unit of %s".formatted(words.meaning(), record.columns().label().column())
        : words.meaning();
  }

  private static void bars(Html html, MetricWords words, Map<String, Double> compared) {
    double value = compared.get(MODEL);
    double greatest =
        compared.values().stream().mapToDouble(other -> Math.max(0, other)).max().orElse(1);
    html.open("table", "class", "bars").open("tbody");
    compared.forEach(
        (name, other) -> {
          double length = greatest > 0 ? Math.max(0, other) / greatest : 0;
          html.open("tr", "class", name.equals(MODEL) ? "model" : "baseline");
          html.element("th", name.replace('-', ' '), "scope", "row");
          html.open("td", "class", "track")
              .element("i", "", "style", String.format(Locale.ROOT, "--bar:%.4f", length))
              .close();
          html.element("td", words.text(other, value), "class", "number");
          if (compared.size() > 1) {
            boolean itself = name.equals(MODEL);
            html.element(
                "td",
                itself ? "" : words.against(value, other),
                "class",
                !itself && words.isWorse(value, other) ? "against worse" : "against");
          }
          html.close();
        });
    html.close().close();
  }
}
