package dev.almanac.pipelines.report.page;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.encode.Categories;
import dev.almanac.transforms.encode.CategoryEncoder;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.NumericSummary;
import dev.almanac.transforms.encode.Step;
import dev.almanac.transforms.encode.Steps;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was learned from the train split before any weight: statistics, fills and vocabularies. */
public final class FitSection {
  private static final int SHOWN_CATEGORIES = 8;

  private FitSection() {}

  public static void write(Page page, ReportSource source) {
    FittedTransform transform = source.transform();
    page.section(
        "fit",
        "What the fit did",
        transform == null
            ? ""
            : "Learned from the train split alone, and applied unchanged to every other row.",
        () -> {
          if (transform == null) {
            page.absent(source.fit().problem());
            return;
          }
          if (transform.label() != null) {
            label(page.html(), transform.label());
          }
          if (!transform.numeric().isEmpty()) {
            page.html().element("h3", "Numeric features");
            numeric(page.html(), transform.numeric());
          }
          if (!transform.nominal().isEmpty()) {
            page.html().element("h3", "Nominal features");
            nominal(page.html(), transform.nominal());
          }
          features(page, transform.features().features());
        });
  }

  private static void label(Html html, LabelEncoder label) {
    html.element("h3", "Label");
    if (label.statistics() != null) {
      NumericSummary statistics = label.statistics();
      html.element(
          "p",
          "%s over %s train rows: mean %s, standard deviation %s, from %s to %s. The model learns it standardized; this page shows it in its own unit."
              .formatted(
                  label.column(),
                  Digits.count(statistics.count()),
                  Digits.alone(statistics.mean()),
                  Digits.alone(statistics.standardDeviation()),
                  Digits.alone(statistics.min()),
                  Digits.alone(statistics.max())));
      return;
    }
    long rows = label.classes().stream().mapToLong(ValueCount::count).sum();
    html.open("p").text("%s over %s train rows: ".formatted(label.column(), Digits.count(rows)));
    chips(html, label.classes(), rows, label.classes().size());
    html.close();
  }

  private static void numeric(Html html, List<NumericEncoder> encoders) {
    html.open("div", "class", "scroll").open("table", "class", "fit").open("thead").open("tr");
    html.element("th", "column").element("th", "steps");
    for (String title : List.of("null", "min", "mean", "max", "sd", "filled with")) {
      html.element("th", title, "class", "number");
    }
    html.element("th", "range, mean ± sd").close().close().open("tbody");
    for (NumericEncoder encoder : encoders) {
      NumericSummary statistics = encoder.statistics();
      html.open("tr").open("th", "scope", "row").element("code", encoder.column()).close();
      html.element("td", steps(encoder.steps()), "class", "text steps");
      nulls(html, statistics.nulls(), statistics.count());
      Digits digits = Digits.of(scale(statistics));
      for (Double value :
          new Double[] {
            statistics.min(),
            statistics.mean(),
            statistics.max(),
            statistics.standardDeviation(),
            encoder.fill()
          }) {
        html.element("td", value == null ? "" : digits.brief(value), "class", "number");
      }
      spread(html, statistics);
      html.close();
    }
    html.close().close().close();
  }

  /** How large a difference is that matters: digits below it are noise. */
  private static double scale(NumericSummary statistics) {
    Double deviation = statistics.standardDeviation();
    return deviation == null || deviation == 0
        ? statistics.mean() == null ? 1 : statistics.mean()
        : deviation;
  }

  private static void nulls(Html html, long nulls, long values) {
    double share = nulls + values == 0 ? 0 : (double) nulls / (nulls + values);
    html.element(
        "td",
        nulls == 0 ? "–" : Digits.share(share),
        "class",
        "number bar",
        "style",
        String.format(Locale.ROOT, "--bar:%.4f", share));
  }

  /** A line from min to max with a box of one standard deviation either way, and the mean. */
  private static void spread(Html html, NumericSummary statistics) {
    html.open("td", "class", "spread");
    Double deviation = statistics.standardDeviation();
    if (statistics.min() != null && deviation != null && statistics.max() > statistics.min()) {
      double span = statistics.max() - statistics.min();
      double mean = (statistics.mean() - statistics.min()) / span;
      double low = Math.max(0, mean - deviation / span);
      double high = Math.min(1, mean + deviation / span);
      html.element(
          "i",
          "",
          "style",
          String.format(Locale.ROOT, "--low:%.4f;--high:%.4f;--mean:%.4f", low, high, mean));
    }
    html.close();
  }

  private static void nominal(Html html, List<CategoryEncoder> encoders) {
    html.open("div", "class", "scroll").open("table", "class", "fit").open("thead").open("tr");
    html.element("th", "column").element("th", "steps");
    for (String title : List.of("null", "distinct", "indices")) {
      html.element("th", title, "class", "number");
    }
    html.element("th", "most frequent, or bins").close().close().open("tbody");
    for (CategoryEncoder encoder : encoders) {
      html.open("tr").open("th", "scope", "row").element("code", encoder.column()).close();
      html.element("td", steps(encoder.steps()), "class", "text steps");
      nulls(html, encoder.nulls(), encoder.count());
      Long distinct = encoder.distinct();
      html.element("td", distinct == null ? "" : Digits.count(distinct), "class", "number");
      int size = encoder.cardinality();
      int columns = encoder.indicators().size();
      html.element(
          "td",
          columns == 0 ? Digits.count(size) : "%s columns".formatted(Digits.count(columns)),
          "class",
          "number");
      html.open("td", "class", "text");
      encoder.categories().read(new Shown(html, encoder));
      html.close().close();
    }
    html.close().close().close();
  }

  /** Shows the categories of an encoder. */
  private record Shown(Html html, CategoryEncoder encoder) implements Categories.Reader<Void> {
    @Override
    public Void texts(Categories.Texts texts) {
      chips(html, texts.vocabulary().entries(), encoder.count(), SHOWN_CATEGORIES);
      return null;
    }

    /** Each bin by where it begins, the first by where it ends. */
    @Override
    public Void ranges(Categories.Ranges ranges) {
      List<Double> edges = ranges.edges();
      Digits digits = Digits.of(scale(ranges.statistics()));
      int bins = edges.size() + 1;
      for (int bin = 0; bin < Math.min(SHOWN_CATEGORIES, bins); bin++) {
        String range =
            edges.isEmpty()
                ? "any"
                : bin == 0
                    ? "below " + digits.brief(edges.get(0))
                    : "from " + digits.brief(edges.get(bin - 1));
        html.element("span", range, "class", "chip").text(" ");
      }
      if (bins > SHOWN_CATEGORIES) {
        html.element("small", "and %s more".formatted(Digits.count(bins - SHOWN_CATEGORIES)));
      }
      return null;
    }

    @Override
    public Void numbered(Categories.Numbered numbered) {
      long used = numbered.counts().stream().filter(count -> count > 0).count();
      html.element(
          "small",
          "%s: %s of %s hold rows of train"
              .formatted(
                  numbered.rule(), Digits.count(used), Digits.count(numbered.counts().size())));
      return null;
    }
  }

  private static void chips(Html html, List<ValueCount> values, long rows, int most) {
    for (ValueCount value : values.subList(0, Math.min(most, values.size()))) {
      html.open("span", "class", "chip")
          .text(value.value().isEmpty() ? "(empty)" : value.value())
          .element("small", Digits.share((double) value.count() / rows))
          .close()
          .text(" ");
    }
    if (values.size() > most) {
      html.element("small", "and %s more".formatted(Digits.count(values.size() - most)));
    }
  }

  private static String steps(List<? extends Step> steps) {
    return steps.stream().map(Steps::name).collect(Collectors.joining(", "));
  }

  private static void features(Page page, List<RowFeature> features) {
    if (features.isEmpty()) {
      return;
    }
    page.fold(
        "Feature steps, row by row, before the fit (%s)".formatted(features.size()),
        html -> {
          html.open("ol", "class", "steps");
          features.forEach(
              feature -> html.open("li").element("code", Json.line(feature.json())).close());
          html.close();
        });
  }
}
