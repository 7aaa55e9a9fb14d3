package dev.almanac.pipelines.report.page;

import dev.almanac.pipelines.report.measure.Calibration;
import dev.almanac.pipelines.report.measure.ClassErrors;
import dev.almanac.pipelines.report.measure.ConfusionMatrix;
import dev.almanac.pipelines.report.measure.ErrorTotals;
import dev.almanac.pipelines.report.measure.Histogram;
import dev.almanac.pipelines.report.measure.TrainCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where predicted classes are wrong: which for which, how sure of it, in time and by group. */
public final class ClassErrorsSection {
  private static final int MOST_CLASSES = 20;

  private ClassErrorsSection() {}

  /** What the errors come to, in words. */
  public static String summary(ClassErrors errors) {
    ErrorTotals all = errors.slices().all();
    String unknown =
        errors.unknownRows() == 0
            ? ""
            : " %s of the wrong ones are of classes that no row of train has (%s); area under the curve and log loss leave them out."
                .formatted(
                    Digits.count(errors.unknownRows()), String.join(", ", errors.unknownClasses()));
    return "Of %s rows, %s are classified wrong. Its probabilities are off by %s points on average (expected calibration error).%s"
        .formatted(
            Digits.count(all.rows()),
            Digits.count(Math.round(all.meanSize() * all.rows())),
            new Digits(1).text(100 * errors.calibration().error()),
            unknown);
  }

  public static void write(Page page, ClassErrors errors, TrainCounts train) {
    page.section(
        "errors",
        "Where it is wrong",
        "",
        () -> {
          page.row(
              () -> {
                confusion(page.html(), errors.confusion().largest(MOST_CLASSES));
                calibration(page, errors);
              });
          probabilities(page, errors);
          SliceWords words =
              errors.isBinary()
                  ? SliceWords.ofBinary(errors.classNames().get(1))
                  : SliceWords.ofClasses();
          new SliceCharts(page, errors.slices(), words, train).write();
        });
  }

  private static void confusion(Html html, ConfusionMatrix matrix) {
    int size = matrix.classes().size();
    html.open("figure", "id", "confusion", "class", "half");
    html.open("figcaption").element("h3", "Predicted against actual");
    html.element(
        "p",
        "Rows by actual class (down) and predicted class (across), shaded by share of the row.");
    html.close();
    html.open("div", "class", "scroll").open("table", "class", "confusion").open("thead");
    html.open("tr").element("th", "actual", "scope", "col");
    matrix.classes().forEach(name -> html.element("th", name, "scope", "col", "class", "number"));
    html.element("th", "recall", "scope", "col", "class", "number").close().close().open("tbody");
    for (int actual = 0; actual < size; actual++) {
      html.open("tr").element("th", matrix.classes().get(actual), "scope", "row");
      for (int predicted = 0; predicted < size; predicted++) {
        double share = ratio(matrix.count(actual, predicted), matrix.actual(actual));
        html.element(
            "td",
            Digits.count(matrix.count(actual, predicted)),
            "class",
            actual == predicted ? "right" : "wrong",
            "style",
            String.format(Locale.ROOT, "--share:%.3f", Double.isNaN(share) ? 0 : share),
            "title",
            Digits.share(share));
      }
      double recall = ratio(matrix.count(actual, actual), matrix.actual(actual));
      html.element("td", Digits.share(recall), "class", "margin").close();
    }
    html.open("tr").element("th", "precision", "scope", "row");
    for (int predicted = 0; predicted < size; predicted++) {
      double precision = ratio(matrix.count(predicted, predicted), matrix.predicted(predicted));
      html.element("td", Digits.share(precision), "class", "margin");
    }
    html.element("td", "").close().close().close().close().close();
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  private static void calibration(Page page, ClassErrors errors) {
    Calibration calibration = errors.calibration();
    List<Object[]> points = new ArrayList<>();
    Digits digits = new Digits(3);
    Table table =
        new Table()
            .column("probability", Table.Kind.TEXT)
            .column("rows", Table.Kind.NUMBER)
            .column("mean probability", Table.Kind.NUMBER)
            .column("was so", Table.Kind.NUMBER)
            .column("95% from", Table.Kind.NUMBER)
            .column("to", Table.Kind.NUMBER);
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      if (calibration.rows(bin) > 0) {
        double[] interval = calibration.interval(bin);
        points.add(
            new Object[] {
              Digits.drawn(calibration.predicted(bin)),
              Digits.drawn(calibration.observed(bin)),
              calibration.rows(bin),
              Digits.drawn(interval[0]),
              Digits.drawn(interval[1]),
              bin
            });
        table.row(
            Table.Cell.of(String.format(Locale.ROOT, "%.1f to %.1f", bin / 10.0, (bin + 1) / 10.0)),
            Table.Cell.count(calibration.rows(bin)),
            Table.Cell.number(calibration.predicted(bin), digits),
            Table.Cell.number(calibration.observed(bin), digits),
            Table.Cell.number(interval[0], digits),
            Table.Cell.number(interval[1], digits));
      }
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("points", points);
    data.put("bins", Calibration.BINS);
    data.put("name", probability(errors));
    page.chart(
        "calibration",
        "calibration",
        Page.Width.HALF,
        "Can the probabilities be trusted?",
        "Dots on the line: what is given a probability of 0.7 is so in 7 of 10 rows. Lines through dots: 95%% confidence (Wilson). Below, the rows of each bin. Expected calibration error %s, greatest %s."
            .formatted(digits.text(calibration.error()), digits.text(calibration.greatest())),
        data,
        table);
  }

  private static String probability(ClassErrors errors) {
    return errors.isBinary()
        ? "probability of %s".formatted(errors.classNames().get(1))
        : "probability of the predicted class";
  }

  private static void probabilities(Page page, ClassErrors errors) {
    Histogram yes = errors.probabilitiesOfYes();
    Histogram no = errors.probabilitiesOfNo();
    String yesName = errors.isBinary() ? errors.classNames().get(1) : "right";
    String noName = errors.isBinary() ? errors.classNames().get(0) : "wrong";
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", probability(errors));
    data.put("names", List.of(yesName, noName));
    data.put("counts", List.of(yes.counts(), no.counts()));
    data.put("width", yes.bins().width());
    Table table =
        new Table()
            .column(probability(errors), Table.Kind.TEXT)
            .column(yesName, Table.Kind.NUMBER)
            .column(noName, Table.Kind.NUMBER);
    for (int bin = 0; bin < yes.bins().count(); bin++) {
      table.row(
          Table.Cell.of(
              String.format(
                  Locale.ROOT, "%.2f to %.2f", yes.bins().edge(bin), yes.bins().edge(bin + 1))),
          Table.Cell.count(yes.counts()[bin]),
          Table.Cell.count(no.counts()[bin]));
    }
    page.chart(
        "probabilities",
        "probabilities",
        Page.Width.WHOLE,
        errors.isBinary() ? "Probabilities by actual class" : "Confidence, right and wrong",
        errors.isBinary()
            ? "How the %s is spread over rows of either class.".formatted(probability(errors))
            : "How sure the model was of what it predicted.",
        data,
        table);
  }
}
