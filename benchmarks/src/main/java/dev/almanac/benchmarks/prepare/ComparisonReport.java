package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.figures.MarkdownTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of a comparison: each task's figures, how they grow with the size, and the aims. */
final class ComparisonReport {
  static final String PEER = "duckdb";

  private final List<Outcome> outcomes;

  ComparisonReport(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /** One task's table. */
  static String of(Task task, List<Outcome> outcomes) {
    MarkdownTable table =
        new MarkdownTable(
            task.label(),
            "wall s",
            "CPU s",
            "MB/s",
            "peak MB",
            "times as fast as duckdb",
            "CPU: duckdb's to its",
            "written MB",
            "output");
    Optional<Outcome> peer =
        outcomes.stream().filter(o -> o.contestant().equals(PEER) && o.measured()).findFirst();
    for (Outcome outcome : outcomes) {
      if (!outcome.measured()) {
        table.row(outcome.contestant(), "failed: " + outcome.failure());
        continue;
      }
      table.row(
          outcome.contestant(),
          outcome.wall().text("%.2f"),
          outcome.cpu().text("%.2f"),
          "%.0f".formatted(outcome.megabytesASecond()),
          "%.0f".formatted(outcome.peak().greatest() / 1e6),
          peer.map(duckdb -> outcome.timesAsFastAs(duckdb).text("%.2f")).orElse(""),
          peer.map(duckdb -> outcome.timesAsThriftyAs(duckdb).text("%.2f")).orElse(""),
          "%.0f".formatted(outcome.totals().bytes() / 1e6),
          outcome.differences().isEmpty() ? "agrees" : String.join("; ", outcome.differences()));
    }
    return "%d files, %.3f GB uncompressed; rows %s%n%n%s"
        .formatted(task.data().files(), task.data().bytes() / 1e9, rows(outcomes), table);
  }

  private static String rows(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> outcome.totals() != null)
        .findFirst()
        .map(
            outcome ->
                outcome.totals().splits().stream()
                    .map(split -> String.format(Locale.ROOT, "%,d", split.rows()))
                    .toList()
                    .toString())
        .orElse("unknown");
  }

  /** How each contestant's figures grow from the smallest size to the greatest; or empty. */
  String growth() {
    MarkdownTable table =
        new MarkdownTable("growth", "source", "wall", "CPU", "MB/s", "peak memory");
    for (Outcome small : outcomes) {
      Outcome large = largest(small);
      if (large == null) {
        continue;
      }
      table.row(
          "%s, %s, %s"
              .formatted(
                  small.contestant(),
                  small.task().data().input().text(),
                  small.task().order().text()),
          "%s to %s GB, x %.2f"
              .formatted(
                  small.task().data().gigabytes().toPlainString(),
                  large.task().data().gigabytes().toPlainString(),
                  (double) large.task().data().bytes() / small.task().data().bytes()),
          times(large.wall().median(), small.wall().median()),
          times(large.cpu().median(), small.cpu().median()),
          times(large.megabytesASecond(), small.megabytesASecond()),
          times(large.peak().greatest(), small.peak().greatest()));
    }
    return table.isEmpty() ? "" : table.toString();
  }

  private static String times(double large, double small) {
    return small == 0 ? "" : "x %.2f".formatted(large / small);
  }

  /** The outcome of the same at the greatest size, if this one is at the smallest. */
  private Outcome largest(Outcome small) {
    List<Outcome> same =
        outcomes.stream()
            .filter(
                o ->
                    o.measured()
                        && o.contestant().equals(small.contestant())
                        && o.task().order() == small.task().order()
                        && o.task().data().input() == small.task().data().input())
            .sorted((a, b) -> Long.compare(a.task().data().bytes(), b.task().data().bytes()))
            .toList();
    return same.size() > 1 && same.get(0) == small ? same.get(same.size() - 1) : null;
  }
}
