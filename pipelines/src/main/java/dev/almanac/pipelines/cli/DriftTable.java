package dev.almanac.pipelines.cli;

import dev.almanac.transforms.drift.ColumnDrift;
import dev.almanac.transforms.drift.DriftReport;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How far predicted rows are from train, as text: what has drifted first, then by the index. */
final class DriftTable {
  private static final int SHOWN = 20;

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
      text.append("and %d more in %s%n".formatted(sorted.size() - shown, DriftReport.FILE));
    }
    return text.append(verdict(report)).append('\n').toString();
  }

  private static void row(Table table, ColumnDrift column) {
    table.row(
        column.column(),
        share(column.psi()),
        share(column.trainNulls()),
        share(column.inputNulls()),
        share(column.inputUnseen()),
        column.drifted().isEmpty() && !column.tooFew().isEmpty()
            ? "too few values to judge " + String.join(", ", column.tooFew())
            : String.join(", ", column.drifted()));
  }

  private static String verdict(DriftReport report) {
    if (report.hasTooFewRows()) {
      return "Drift from train: not judged, %d rows are too few (%d)"
          .formatted(report.rows(), report.leastRows());
    }
    return report.drifted().isEmpty()
        ? "Drift from train: none beyond the limits"
        : "Drift from train: %d of %d columns are beyond the limits of `predict:`"
            .formatted(report.drifted().size(), report.columns().size());
  }

  private static String share(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
  }
}
