package dev.almanac.pipelines.report.page;

import dev.almanac.pipelines.report.measure.MeanInterval;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How training went, epoch by epoch. */
public final class TrainingSection {
  private TrainingSection() {}

  public static void write(Page page, ReportSource source) {
    List<EpochRecord> epochs = source.epochs();
    page.section(
        "training",
        "How it learned",
        lead(source),
        () -> {
          if (source.record().isEnsemble()) {
            page.absent("Curves are in the reports of those runs.");
            return;
          }
          if (epochs.isEmpty()) {
            page.absent("No epoch was finished.");
            return;
          }
          source.epochLines().damage().forEach(page::absent);
          page.row(() -> charts(page, source, best(source)));
          SystemCharts system = new SystemCharts(source.system());
          if (system.areThere()) {
            page.row(() -> system.write(page));
          }
          page.fold("Numbers of every epoch", html -> table(epochs).appendTo(html, "sortable"));
        });
  }

  private static String lead(ReportSource source) {
    String repeats = repeats(source);
    return repeats.isEmpty() ? own(source.record()) : own(source.record()) + " " + repeats;
  }

  /** Which of several repeats the run is, and how the curves are to be read. */
  private static String repeats(ReportSource source) {
    List<Run> runs = source.group().runs();
    if (runs.size() < 2) {
      return "";
    }
    String seeds =
        runs.stream()
            .map(run -> Long.toString(run.record().train().seed()))
            .collect(Collectors.joining(", "));
    boolean best = source.group().best().record().runId().equals(source.record().runId());
    return "It is one of %s runs that differ in their seeds (%s), %s. Curves are the mean over the runs that reached an epoch; bands hold the mean with a confidence of 95%% (Student's t)."
        .formatted(
            runs.size(),
            seeds,
            best
                ? "the one with the lowest validation loss"
                : "not the one with the lowest validation loss, which is "
                    + source.group().best().record().runId());
  }

  private static String own(RunRecord record) {
    if (record.isEnsemble()) {
      return "It was not trained: it predicts the mean of what the models of runs %s predict."
          .formatted(String.join(", ", record.recipe().members()));
    }
    RunOutcome.Result result = record.result();
    if (result == null) {
      return "Training did not come to its end.";
    }
    return "%s of %s epochs in %s. The weights of epoch %s were kept%s."
        .formatted(
            result.epochs(),
            record.train().length().epochs(),
            Digits.duration(result.speed().seconds()),
            result.bestEpoch(),
            result.stoppedEarly()
                ? "; patience ended training early"
                : result.validationLoss() == null ? "" : ", the lowest validation loss");
  }

  private static int best(ReportSource source) {
    RunOutcome.Result result = source.record().result();
    return result != null
        ? result.bestEpoch()
        : source.epochs().stream()
            .filter(EpochRecord::best)
            .mapToInt(EpochRecord::epoch)
            .max()
            .orElse(0);
  }

  private static void charts(Page page, ReportSource source, int best) {
    Table none = new Table();
    List<EpochRecord> epochs = longest(source);
    Map<String, Object> loss = curves(epochs, best);
    List<Map<String, Object>> series = new ArrayList<>();
    series.add(series("train", "train", source, EpochRecord::trainLoss));
    if (epochs.stream().anyMatch(epoch -> epoch.validationLoss() != null)) {
      series.add(series("validation", "validation", source, EpochRecord::validationLoss));
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
          List.of(series("validation", "validation", source, e -> e.validation().get(metric))));
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
    rate.put("series", List.of(series("learning rate", "rate", source, EpochRecord::learningRate)));
    page.chart(
        "learning-rate",
        "curves",
        Page.Width.THIRD,
        "Learning rate",
        "At the last step of each epoch.",
        rate,
        none);
  }

  /** The epochs of the run that made most of them. */
  private static List<EpochRecord> longest(ReportSource source) {
    List<EpochRecord> longest = source.epochs();
    for (List<EpochRecord> epochs : source.groupEpochs()) {
      longest = epochs.size() > longest.size() ? epochs : longest;
    }
    return longest;
  }

  private static Map<String, Object> curves(List<EpochRecord> epochs, int best) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("epochs", epochs.stream().map(EpochRecord::epoch).toList());
    data.put("best", best);
    return data;
  }

  private static Map<String, Object> series(
      String name, String color, ReportSource source, Function<EpochRecord, Double> value) {
    List<Double> means = new ArrayList<>();
    List<Double> lows = new ArrayList<>();
    List<Double> highs = new ArrayList<>();
    for (int epoch = 0; epoch < longest(source).size(); epoch++) {
      List<Double> values = new ArrayList<>();
      for (List<EpochRecord> epochs : source.groupEpochs()) {
        if (epoch < epochs.size() && value.apply(epochs.get(epoch)) != null) {
          values.add(value.apply(epochs.get(epoch)));
        }
      }
      MeanInterval interval = values.isEmpty() ? null : MeanInterval.of(values);
      means.add(interval == null ? null : Digits.drawn(interval.mean()));
      // A rate that the schedule alone decides has no band.
      boolean wide =
          interval != null
              && interval.low() != null
              && !Digits.drawn(interval.low()).equals(Digits.drawn(interval.high()));
      lows.add(wide ? Digits.drawn(interval.low()) : null);
      highs.add(wide ? Digits.drawn(interval.high()) : null);
    }
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("name", name);
    series.put("color", color);
    series.put("values", means);
    if (lows.stream().anyMatch(Objects::nonNull)) {
      series.put("low", lows);
      series.put("high", highs);
    }
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
      cells.add(Table.Cell.number(epoch.speed().seconds(), new Digits(2)));
      cells.add(Table.Cell.count(Math.round(epoch.speed().rowsPerSecond())));
      cells.add(Table.Cell.of(epoch.best() ? "●" : ""));
      table.row(cells.toArray(Table.Cell[]::new));
    }
    return table;
  }

  private static Table.Cell optional(Double value, Digits digits) {
    return value == null ? Table.Cell.of("") : Table.Cell.number(value, digits);
  }
}
