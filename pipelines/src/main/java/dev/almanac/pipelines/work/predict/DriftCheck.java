package dev.almanac.pipelines.work.predict;

import dev.almanac.transforms.drift.ColumnDrift;
import dev.almanac.transforms.drift.DriftCounts;
import dev.almanac.transforms.drift.DriftLimits;
import dev.almanac.transforms.drift.DriftReference;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.staging.DatasetException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether rows may be predicted that are not like train's.
 *
 * @param refuses whether drift beyond the limits ends the work
 * @param allowsUnjudged whether rows may be predicted, when drift is refused, of which it cannot be
 *     told
 */
record DriftCheck(DriftLimits limits, boolean refuses, boolean allowsUnjudged)
    implements Serializable {
  private static final int NAMED = 10;

  /**
   * Compares the rows with train.
   *
   * @throws DatasetException naming the columns that have drifted or could not be judged, when they
   *     are refused
   */
  DriftReport report(DriftReference reference, DriftCounts counts, String run) {
    DriftReport report = DriftReport.of(reference, counts, limits);
    if (refuses && !report.drifted().isEmpty()) {
      List<String> named =
          report.columns().stream()
              .filter(column -> !column.drifted().isEmpty())
              .limit(NAMED)
              .map(this::why)
              .toList();
      int more = report.drifted().size() - named.size();
      throw new DatasetException(
          "Cannot predict: %s of %s %s drifted from what run %s was trained on, beyond the limits of `predict:` in the config (%s%s); train on newer rows, or set predict.drift to warn"
              .formatted(
                  report.drifted().size(),
                  Count.of(report.columns().size(), "column"),
                  report.drifted().size() == 1 ? "has" : "have",
                  run,
                  String.join("; ", named),
                  more == 0 ? "" : "; and %s more".formatted(more)));
    }
    if (refuses && !allowsUnjudged && !report.unjudged().isEmpty()) {
      int more = report.unjudged().size() - NAMED;
      throw new DatasetException(
          "Cannot predict: whether the rows have drifted from what run %s was trained on cannot be told of %s of %s, %s (%s%s); give more rows, or set predict.unjudged to allow, which predicts without that judgement"
              .formatted(
                  run,
                  report.unjudged().size(),
                  Count.of(report.columns().size(), "column"),
                  report.lack(),
                  report.unjudged().stream().limit(NAMED).collect(Collectors.joining(", ")),
                  more > 0 ? ", and %s more".formatted(more) : ""));
    }
    return report;
  }

  private String why(ColumnDrift column) {
    List<String> reasons = new ArrayList<>();
    for (String what : column.drifted()) {
      reasons.add(
          switch (what) {
            case "psi" -> "psi %s, at most %s".formatted(text(column.psi()), limits.maxPsi());
            case "nulls" ->
                "nulls %s, in train %s, a change of at most %s"
                    .formatted(
                        text(column.input().nulls()),
                        text(column.train().nulls()),
                        limits.maxNullChange());
            default ->
                "unseen %s, at most %s"
                    .formatted(text(column.input().unseen()), limits.maxUnseen());
          });
    }
    return reasons.stream().collect(Collectors.joining(", ", column.column() + ": ", ""));
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
