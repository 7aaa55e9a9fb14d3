package dev.almanac.pipelines.cli;

import dev.almanac.transforms.drift.ColumnDrift;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.problem.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far predicted rows are from train, as text: what has drifted first, then by the index. */
final class DriftTable {
  private static final int SHOWN = 20;
  private static final int NAMED = 10;

  private DriftTable() {}

  static String text(DriftReport report) {
    Table table = new Table("column", "psi", "nulls in train", "nulls", "unseen", "drifted");
    List<ColumnDrift> sorted =
        report.columns().stream()
            .sorted(
                Comparator.comparing((ColumnDrift column) -> column.drifted().isEmpty())
                    .thenComparing(column -> column.psi() == null ? 0 : -column.psi()))
            .toList();
    long shown = Math.max(SHOWN, report.drifted().size());
    sorted.stream().limit(shown).forEach(column -> row(table, column));
    StringBuilder text = new StringBuilder(table.text());
    if (sorted.size() > shown) {
      text.append("and %s more in %s%n".formatted(sorted.size() - shown, DriftReport.FILE));
    }
    return text.append(verdict(report)).append('\n').toString();
  }

  private static void row(Table table, ColumnDrift column) {
    table.row(
        column.column(),
        share(column.psi()),
        share(column.train().nulls()),
        share(column.input().nulls()),
        share(column.input().unseen()),
        judged(column));
  }

  private static String judged(ColumnDrift column) {
    List<String> words = new ArrayList<>();
    if (!column.drifted().isEmpty()) {
      words.add(String.join(", ", column.drifted()));
    }
    if (!column.tooFew().isEmpty()) {
      words.add("too few values to judge " + String.join(", ", column.tooFew()));
    }
    return String.join("; ", words);
  }

  private static String verdict(DriftReport report) {
    int columns = report.columns().size();
    int unjudged = report.unjudged().size();
    String rest =
        unjudged == 0
            ? ""
            : "; %s not judged, %s: %s"
                .formatted(unjudged, report.lack(), named(report.unjudged()));
    if (!report.drifted().isEmpty()) {
      return "Drift from train: %s of %s %s beyond the limits of `predict:`%s"
          .formatted(
              report.drifted().size(),
              Count.of(columns, "column"),
              report.drifted().size() == 1 ? "is" : "are",
              rest);
    } else if (unjudged == columns) {
      return "Drift from train: not judged, %s".formatted(report.lack());
    } else if (unjudged > 0) {
      return "Drift from train: none of the %s judged is beyond the limits%s"
          .formatted(Count.of(columns - unjudged, "column"), rest);
    }
    return "Drift from train: none beyond the limits";
  }

  private static String named(List<String> columns) {
    String shown = columns.stream().limit(NAMED).collect(Collectors.joining(", "));
    return columns.size() > NAMED
        ? "%s and %s more".formatted(shown, columns.size() - NAMED)
        : shown;
  }

  private static String share(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
  }
}
