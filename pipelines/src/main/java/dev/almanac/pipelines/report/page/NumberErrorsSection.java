package dev.almanac.pipelines.report.page;

import dev.almanac.pipelines.report.measure.Bins;
import dev.almanac.pipelines.report.measure.DensityGrid;
import dev.almanac.pipelines.report.measure.ErrorTotals;
import dev.almanac.pipelines.report.measure.Histogram;
import dev.almanac.pipelines.report.measure.NumberErrors;
import dev.almanac.pipelines.report.measure.TrainCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the predictions of a number are off: against the truth, by size, in time and by group. */
public final class NumberErrorsSection {
  private static final double[] SHARES = {0.5, 0.9, 0.99, 1};

  private NumberErrorsSection() {}

  /** What the errors come to, in words. */
  public static String summary(NumberErrors errors, String label) {
    ErrorTotals all = errors.slices().all();
    Digits digits = Digits.of(all.meanSize());
    String bias =
        Math.abs(all.meanSigned()) < all.meanSize() / 100
            ? "On average it is neither too high nor too low."
            : "On average it predicts %s too %s."
                .formatted(
                    digits.text(Math.abs(all.meanSigned())), all.meanSigned() > 0 ? "high" : "low");
    return "Of %s rows, half are predicted to within %s of %s, nine in ten to within %s. %s"
        .formatted(
            Digits.count(errors.rows()),
            digits.text(errors.absoluteError(0.5)),
            label,
            digits.text(errors.absoluteError(0.9)),
            bias);
  }

  public static void write(Page page, NumberErrors errors, String label, TrainCounts train) {
    page.section(
        "errors",
        "Where it is wrong",
        "Errors are prediction minus %s, in its own unit.".formatted(label),
        () -> {
          page.row(
              () -> {
                if (errors.points().isEmpty()) {
                  density(page, errors, label);
                } else {
                  scatter(page, errors, label);
                }
                residuals(page, errors);
              });
          SliceWords words = SliceWords.ofNumbers(errors.slices().all().meanSize());
          new SliceCharts(page, errors.slices(), words, train).write();
        });
  }

  private static void density(Page page, NumberErrors errors, String label) {
    DensityGrid grid = errors.density();
    List<long[]> cells = new ArrayList<>();
    for (int across = 0; across < grid.bins().count(); across++) {
      for (int up = 0; up < grid.bins().count(); up++) {
        if (grid.count(across, up) > 0) {
          cells.add(new long[] {across, up, grid.count(across, up)});
        }
      }
    }
    Map<String, Object> data = bins(grid.bins());
    data.put("label", label);
    data.put("cells", cells);
    String outside =
        grid.outside() == 0
            ? ""
            : " %s rows lie outside the picture.".formatted(Digits.count(grid.outside()));
    page.chart(
        "predicted",
        "density",
        Page.Width.HALF,
        "Predicted against actual",
        "The stronger the color, the more rows; a perfect model stays on the line." + outside,
        data,
        byActual(errors, label));
  }

  private static void scatter(Page page, NumberErrors errors, String label) {
    List<Double[]> points = new ArrayList<>();
    for (NumberErrors.Point point : errors.points()) {
      points.add(new Double[] {Digits.drawn(point.label()), Digits.drawn(point.prediction())});
    }
    Map<String, Object> data = bins(errors.density().bins());
    data.put("label", label);
    data.put("points", points);
    page.chart(
        "predicted",
        "scatter",
        Page.Width.HALF,
        "Predicted against actual",
        "Each dot is a row; a perfect model stays on the line.",
        data,
        byActual(errors, label));
  }

  /** What a reader without the picture can take from it: how predictions go with the truth. */
  private static Table byActual(NumberErrors errors, String label) {
    DensityGrid grid = errors.density();
    Digits digits = Digits.of(Math.max(Math.abs(grid.bins().low()), Math.abs(grid.bins().high())));
    int joined = Math.max(1, (int) Math.ceil(grid.bins().count() / 16.0));
    Table table =
        new Table()
            .column(label + " from", Table.Kind.NUMBER)
            .column("until", Table.Kind.NUMBER)
            .column("rows", Table.Kind.NUMBER)
            .column("median prediction", Table.Kind.NUMBER);
    for (int from = 0; from < grid.bins().count(); from += joined) {
      int until = Math.min(grid.bins().count(), from + joined);
      long[] predicted = new long[grid.bins().count()];
      long rows = 0;
      for (int across = from; across < until; across++) {
        for (int up = 0; up < predicted.length; up++) {
          predicted[up] += grid.count(across, up);
          rows += grid.count(across, up);
        }
      }
      if (rows > 0) {
        table.row(
            Table.Cell.number(grid.bins().edge(from), digits),
            Table.Cell.number(grid.bins().edge(until), digits),
            Table.Cell.count(rows),
            Table.Cell.number(middle(grid.bins(), predicted, rows), digits));
      }
    }
    return table;
  }

  /** The middle of the bin that the median lies in. */
  private static double middle(Bins bins, long[] counts, long rows) {
    long seen = 0;
    int bin = -1;
    while (2 * seen < rows) {
      bin++;
      seen += counts[bin];
    }
    return bins.edge(bin) + bins.width() / 2;
  }

  private static void residuals(Page page, NumberErrors errors) {
    Histogram histogram = errors.residuals();
    Map<String, Object> data = bins(histogram.bins());
    data.put("counts", histogram.counts());
    data.put("mean", Digits.drawn(errors.slices().all().meanSigned()));
    Digits digits = Digits.of(errors.slices().all().meanSize());
    data.put("decimals", digits.decimals());
    Table table =
        new Table()
            .column("share of rows", Table.Kind.TEXT)
            .column("off by at most", Table.Kind.NUMBER);
    for (double share : SHARES) {
      table.row(
          Table.Cell.of(share == 1 ? "all" : Math.round(100 * share) + "%"),
          Table.Cell.number(errors.absoluteError(share), digits));
    }
    page.chart(
        "residuals",
        "histogram",
        Page.Width.HALF,
        "Prediction minus actual",
        "Left of zero too low, right of it too high. %s rows are further left, %s further right."
            .formatted(Digits.count(histogram.below()), Digits.count(histogram.above())),
        data,
        table);
  }

  private static Map<String, Object> bins(Bins bins) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("low", Digits.drawn(bins.low()));
    data.put("width", bins.width());
    data.put("count", bins.count());
    return data;
  }
}
