package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Figures;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.Spread;
import dev.almanac.training.run.SystemRecord;
import dev.almanac.training.run.SystemSummary;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.LeftOut;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What commands say at their end, as text and as JSON. */
final class Summaries {
  /** Lines that a person still reads. */
  private static final int NOTICES = 20;

  private Summaries() {}

  static Result dataset(Dataset dataset) {
    Map<String, Long> rows = rows(dataset);
    Table table = new Table("rows", "");
    rows.forEach(table::row);
    Result result =
        Result.of(
                "Dataset: %s%n%n%s%s%s"
                    .formatted(
                        dataset.folder(),
                        table.text(),
                        leftOut(dataset),
                        notices(dataset.manifest().notices())))
            .with("dataset", dataset.folder())
            .with("dataset-hash", dataset.manifest().hash())
            .with("rows", rows)
            .with("notices", dataset.manifest().notices());
    List<LeftOut> leftOut = dataset.manifest().columns().leftOut();
    return leftOut == null ? result : result.with("left-out", leftOut);
  }

  /** A line each, at most so many; empty without any. */
  static String notices(List<Notice> notices) {
    if (notices.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n");
    notices.stream().limit(NOTICES).forEach(notice -> text.append("Note: %s%n".formatted(notice)));
    if (notices.size() > NOTICES) {
      text.append(
          "Note: %s in dataset.json%n"
              .formatted(Count.of(notices.size() - NOTICES, "more is", "more are")));
    }
    return text.toString();
  }

  /** The features that are not there, by the reason; empty when all are. */
  private static String leftOut(Dataset dataset) {
    List<LeftOut> leftOut = dataset.manifest().columns().leftOut();
    if (leftOut == null) {
      return "";
    }
    Map<String, List<String>> columns = new LinkedHashMap<>();
    leftOut.forEach(
        left ->
            columns.computeIfAbsent(left.reason(), reason -> new ArrayList<>()).add(left.column()));
    StringBuilder text = new StringBuilder("\n");
    columns.forEach(
        (reason, names) ->
            text.append("Left out, %s: %s%n".formatted(reason, Names.listed(names))));
    return text.toString();
  }

  /** A run, what it read, and its metrics beside the baselines. */
  static Result run(Run run) {
    RunRecord record = run.record();
    StringBuilder text = new StringBuilder();
    text.append("Run:     %s%n".formatted(run.folder()));
    text.append("Dataset: %s%n".formatted(record.dataset().path()));
    text.append("Device:  %s%n".formatted(record.device()));
    if (record.isEnsemble()) {
      List<String> members = record.recipe().members();
      text.append(
          "Model:   the mean of %s: %s%n".formatted(members.size(), String.join(", ", members)));
    }
    if (record.status() != RunStatus.FINISHED) {
      text.append(
          "Status:  %s%s%n"
              .formatted(
                  record.status().text(), record.reason() == null ? "" : ", " + record.reason()));
    }
    if (record.result() != null) {
      text.append(
          "Epochs:  %s, kept %s%s, %s s, %s rows/s%n"
              .formatted(
                  record.result().epochs(),
                  record.result().bestEpoch(),
                  record.result().stoppedEarly() ? ", stopped early" : "",
                  Figures.number(record.result().speed().seconds()),
                  Figures.count(Math.round(record.result().speed().rowsPerSecond()))));
    }
    SystemSummary system = SystemSummary.of(source(run));
    if (system.cores() != null) {
      text.append("Machine: %s%n".formatted(machine(system)));
    }
    text.append('\n').append(metrics(record));
    List<String> unknown =
        record.columns().label() == null ? null : record.columns().label().unknownClasses();
    if (unknown != null) {
      text.append(
          "Rows of classes that train has not (%s) count as wrong in accuracy; auc and log-loss leave them out.%n"
              .formatted(String.join(", ", unknown)));
    }
    return Result.of(text.toString())
        .with("run-id", record.runId())
        .with("run", run.folder())
        .with("status", record.status().text())
        .with("dataset", record.dataset().path())
        .with("device", record.device())
        .with("members", record.isEnsemble() ? record.recipe().members() : List.of())
        .with("system", system.cores() == null ? null : system)
        .with("metrics", record.metrics())
        .with("baselines", record.baselines());
  }

  private static List<SystemRecord> source(Run run) {
    try {
      return run.system().values();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** What it did while the run trained. */
  private static String machine(SystemSummary system) {
    List<String> parts = new ArrayList<>();
    parts.add("%s cores".formatted(Figures.number(system.cores())));
    if (system.machine() != null) {
      parts.add("%s %% of the machine busy".formatted(Math.round(100 * system.machine())));
    }
    if (system.waitShare() != null) {
      parts.add(
          "%s %% of the time waiting for rows".formatted(Math.round(100 * system.waitShare())));
    }
    parts.add(
        "at most %s GB%s"
            .formatted(
                Figures.number(
                    (system.residentBytes() == null ? system.heapBytes() : system.residentBytes())
                        / 1e9),
                system.residentBytes() == null
                    ? " of heap"
                    : " (heap %s)".formatted(Figures.number(system.heapBytes() / 1e9))));
    if (system.gpu() != null) {
      parts.add(
          "GPU %s %% busy, at most %s GB"
              .formatted(Math.round(100 * system.gpu()), Figures.number(system.gpuBytes() / 1e9)));
    }
    return String.join(", ", parts);
  }

  /** A group that was to be measured on the test split; says so when it has no rows. */
  static Result evaluated(RunGroup group) {
    return withTest(group(group), group.best());
  }

  /** The result of a run that was to be measured on the test split. */
  static Result withTest(Result result, Run run) {
    return run.record().metrics().containsKey(Split.TEST.text())
        ? result
        : new Result(
            result.json(),
            result.text() + "%nNot measured on test: the split has no rows.%n".formatted());
  }

  /** The run to use, and each metric over all of its group. */
  static Result group(RunGroup group) {
    Result best = run(group.best());
    if (group.runs().size() == 1) {
      return best;
    }
    Map<String, Spread> repeats = group.metrics();
    List<String> head = new ArrayList<>(List.of("metric", "mean", "sd"));
    group.runs().forEach(run -> head.add("seed " + run.record().train().seed()));
    Table table = new Table(head.toArray(new String[0]));
    repeats.forEach(
        (metric, spread) -> {
          List<Object> cells = new ArrayList<>();
          cells.add(metric.substring(metric.indexOf('.') + 1));
          cells.add(spread.mean());
          cells.add(spread.sd());
          cells.addAll(spread.values());
          table.row(cells.toArray());
        });
    RunSeries.Group of = group.best().record().group();
    return new Result(
            best.json(),
            "%s%n%s of %s repeats, group %s; above, the one with the lowest validation loss:%n%n%s"
                .formatted(best.text(), group.runs().size(), of.size(), of.id(), table.text()))
        .with("group", of.id())
        .with("runs", group.runs().stream().map(run -> run.record().runId()).toList())
        .with("repeats", repeats);
  }

  /** A line a model and split, a column a metric. */
  private static String metrics(RunRecord record) {
    Set<String> names = new LinkedHashSet<>();
    record.metrics().values().forEach(values -> names.addAll(values.keySet()));
    List<String> head = new ArrayList<>(List.of("split", "model"));
    head.addAll(names);
    Table table = new Table(head.toArray(new String[0]));
    record
        .metrics()
        .forEach(
            (split, values) -> {
              table.row(cells(split, model(record), values, names));
              record
                  .baselines()
                  .getOrDefault(split, Map.of())
                  .forEach(
                      (name, baseline) ->
                          table.row(cells(split, "baseline " + name, baseline.metrics(), names)));
            });
    return table.text();
  }

  private static String model(RunRecord record) {
    return record.isEnsemble() ? "ensemble" : record.train().model().family();
  }

  private static Map<String, Long> rows(Dataset dataset) {
    RowCounts totals = dataset.manifest().totals();
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("read", totals.read());
    for (Split split : Split.values()) {
      rows.put(split.text(), dataset.manifest().rows(split));
    }
    rows.put("outside", totals.outside());
    rows.put("dropped", totals.dropped());
    rows.put("rejected", totals.rejected());
    return rows;
  }

  private static Object[] cells(
      String split, String model, Map<String, Double> values, Set<String> names) {
    List<Object> cells = new ArrayList<>(List.of(split, model));
    names.forEach(name -> cells.add(values.get(name)));
    return cells.toArray();
  }
}
