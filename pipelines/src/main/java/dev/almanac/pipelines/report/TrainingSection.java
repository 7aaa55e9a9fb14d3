package dev.almanac.pipelines.report;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** How training went, epoch by epoch. */
final class TrainingSection {
  private TrainingSection() {}

  static void write(Page page, ReportSource source) {
    List<EpochRecord> epochs = source.epochs();
    page.section(
        "training",
        "How it learned",
        lead(source.record()),
        () -> {
          if (epochs.isEmpty()) {
            page.absent("No epoch was finished.");
            return;
          }
          page.row(() -> charts(page, epochs, best(source)));
          page.fold("Numbers of every epoch", html -> table(epochs).appendTo(html, "sortable"));
        });
  }

  private static String lead(RunRecord record) {
    RunRecord.Result result = record.result();
    if (result == null) {
      return "Training did not come to its end.";
    }
    return "%d of %d epochs in %s. The weights of epoch %d were kept%s."
        .formatted(
            result.epochs(),
            record.train().epochs(),
            Digits.duration(result.seconds()),
            result.bestEpoch(),
            result.stoppedEarly()
                ? "; patience ended training early"
                : result.validationLoss() == null ? "" : ", the lowest validation loss");
  }

  private static int best(ReportSource source) {
    RunRecord.Result result = source.record().result();
    return result != null
        ? result.bestEpoch()
        : source.epochs().stream()
            .filter(EpochRecord::best)
            .mapToInt(EpochRecord::epoch)
            .max()
            .orElse(0);
  }

  private static void charts(Page page, List<EpochRecord> epochs, int best) {
    Table none = new Table();
    Map<String, Object> loss = curves(epochs, best);
    List<Map<String, Object>> series = new ArrayList<>();
    series.add(series("train", "train", epochs, EpochRecord::trainLoss));
    if (epochs.stream().anyMatch(epoch -> epoch.validationLoss() != null)) {
      series.add(series("validation", "validation", epochs, EpochRecord::validationLoss));
    }
    loss.put("series", series);
    page.chart(
        "loss",
        "curves",
        Page.Width.THIRD,
        "Loss",
        "Train as the epoch ran, validation after it.",
        loss,
        none);
    String metric = epochs.get(0).validation().keySet().stream().findFirst().orElse(null);
    if (metric != null) {
      Map<String, Object> data = curves(epochs, best);
      data.put(
          "series",
          List.of(series("validation", "validation", epochs, e -> e.validation().get(metric))));
      page.chart(
          "metric",
          "curves",
          Page.Width.THIRD,
          "Validation " + MetricWords.of(metric).title(),
          "After each epoch, %s.".formatted(MetricWords.of(metric).meaning()),
          data,
          none);
    }
    Map<String, Object> rate = curves(epochs, best);
    rate.put("series", List.of(series("learning rate", "rate", epochs, EpochRecord::learningRate)));
    page.chart(
        "learning-rate",
        "curves",
        Page.Width.THIRD,
        "Learning rate",
        "At the last step of each epoch.",
        rate,
        none);
  }

  private static Map<String, Object> curves(List<EpochRecord> epochs, int best) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("epochs", epochs.stream().map(EpochRecord::epoch).toList());
    data.put("best", best);
    return data;
  }

  private static Map<String, Object> series(
      String name, String color, List<EpochRecord> epochs, Function<EpochRecord, Double> value) {
    List<Double> values = new ArrayList<>();
    for (EpochRecord epoch : epochs) {
      Double found = value.apply(epoch);
      values.add(found == null ? null : Digits.drawn(found));
    }
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("name", name);
    series.put("color", color);
    series.put("values", values);
    return series;
  }

  private static Table table(List<EpochRecord> epochs) {
    List<String> metrics = new ArrayList<>(epochs.get(0).validation().keySet());
    Table table = new Table().column("epoch", Table.Kind.NUMBER);
    table.column("train loss", Table.Kind.NUMBER).column("validation loss", Table.Kind.NUMBER);
    metrics.forEach(
        metric -> table.column("validation " + MetricWords.of(metric).title(), Table.Kind.NUMBER));
    table
        .column("learning rate", Table.Kind.NUMBER)
        .column("seconds", Table.Kind.NUMBER)
        .column("rows/s", Table.Kind.NUMBER)
        .column("lowest so far", Table.Kind.TEXT);
    double typical =
        epochs.stream()
            .map(EpochRecord::trainLoss)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(1.0);
    for (EpochRecord epoch : epochs) {
      List<Table.Cell> cells = new ArrayList<>();
      cells.add(Table.Cell.count(epoch.epoch()));
      cells.add(Table.Cell.number(epoch.trainLoss(), Digits.of(typical)));
      cells.add(optional(epoch.validationLoss(), Digits.of(typical)));
      for (String metric : metrics) {
        Double first = epochs.get(0).validation().get(metric);
        cells.add(optional(epoch.validation().get(metric), Digits.of(first == null ? 1 : first)));
      }
      cells.add(new Table.Cell(Digits.alone(epoch.learningRate()), epoch.learningRate(), null));
      cells.add(Table.Cell.number(epoch.seconds(), new Digits(2)));
      cells.add(Table.Cell.count(Math.round(epoch.rowsPerSecond())));
      cells.add(Table.Cell.of(epoch.best() ? "●" : ""));
      table.row(cells.toArray(Table.Cell[]::new));
    }
    return table;
  }

  private static Table.Cell optional(Double value, Digits digits) {
    return value == null ? Table.Cell.of("") : Table.Cell.number(value, digits);
  }
}
