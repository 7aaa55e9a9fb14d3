package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.ColumnNames;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.staging.RangeFindings;
import dev.almanac.transforms.staging.RangeSummary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the findings of all ranges of a source come to. */
final class SourceNotices {
  private final DatasetJob job;

  /** The files that lack a column, by the column's name, with the name there that is alike. */
  private final Map<String, Map<String, String>> missing = new TreeMap<>();

  private final TreeMap<Long, Long> future = new TreeMap<>();
  private final Map<Long, String> futureFile = new TreeMap<>();
  private long undated;

  private SourceNotices(DatasetJob job) {
    this.job = job;
  }

  /**
   * The notices.
   *
   * @throws DatasetException when a file lacks the label and has a column whose name is alike: all
   *     of its rows would be dropped
   */
  static List<Notice> of(DatasetJob job, List<ChunkSummary> summaries) {
    SourceNotices notices = new SourceNotices(job);
    summaries.forEach(summary -> summary.ranges().forEach(notices::add));
    return notices.all();
  }

  private void add(RangeSummary range) {
    String file = job.relative(range.range().file().path());
    undated += range.findings().undated();
    for (RangeFindings.DayRows day : range.findings().future()) {
      if (day.day() > job.begun()) {
        future.merge(day.day(), day.rows(), Long::sum);
        futureFile.putIfAbsent(day.day(), file);
      }
    }
    for (RangeFindings.Missing lacking : range.findings().missing()) {
      missing
          .computeIfAbsent(lacking.column(), column -> new TreeMap<>())
          .put(file, lacking.near() == null ? "" : lacking.near());
    }
  }

  private List<Notice> all() {
    List<Notice> notices = new ArrayList<>();
    requireLabel();
    addMissing(notices);
    if (undated > 0) {
      notices.add(
          new Notice(
              Notice.Kind.ROWS_WITHOUT_DATE,
              job.split().column(),
              undated,
              "%s no date in the computed column '%s', and so %s to no split"
                  .formatted(
                      Count.of(undated, "row has", "rows have"),
                      job.split().column(),
                      undated == 1 ? "belongs" : "belong"),
              List.of()));
    }
    if (!future.isEmpty()) {
      addFuture(notices);
    }
    return notices;
  }

  private void requireLabel() {
    Map<String, String> files = missing.getOrDefault(job.label(), Map.of());
    List<String> alike = new ArrayList<>();
    files.forEach(
        (file, near) -> {
          if (!near.isEmpty()) {
            alike.add("%s has '%s'".formatted(file, near));
          }
        });
    if (!alike.isEmpty()) {
      throw new DatasetException(
          "Cannot prepare: every file must have the label '%s', and %s it under this name (%s); rename the column there, or take the files out of source.files"
              .formatted(
                  job.label(), Count.of(alike.size(), "lacks", "lack"), ColumnNames.listed(alike)));
    }
  }

  private void addMissing(List<Notice> notices) {
    List<String> others = new ArrayList<>();
    missing.forEach(
        (column, files) -> {
          List<String> places = new ArrayList<>();
          files.forEach(
              (file, near) -> places.add(near.isEmpty() ? file : file + " has '" + near + "'"));
          boolean named = files.values().stream().anyMatch(near -> !near.isEmpty());
          if (column.equals(job.label())) {
            notices.add(missing(column, files.size(), "so that its rows are dropped", places));
          } else if (named) {
            notices.add(missing(column, files.size(), "so that it is missing there", places));
          } else {
            others.add("%s (%s)".formatted(column, Count.of(files.size(), "file")));
          }
        });
    if (!others.isEmpty()) {
      notices.add(
          new Notice(
              Notice.Kind.COLUMN_MISSING,
              null,
              others.size(),
              "%s not in all files, and missing where %s not: %s"
                  .formatted(
                      Count.of(others.size(), "column is", "columns are"),
                      others.size() == 1 ? "it is" : "they are",
                      ColumnNames.listed(others)),
              List.of()));
    }
  }

  private static Notice missing(String column, int files, String so, List<String> places) {
    return new Notice(
        Notice.Kind.COLUMN_MISSING,
        column,
        files,
        "%s no column '%s', %s".formatted(Count.of(files, "file has", "files have"), column, so),
        places);
  }

  private void addFuture(List<Notice> notices) {
    long rows = future.values().stream().mapToLong(Long::longValue).sum();
    long latest = future.lastKey();
    notices.add(
        new Notice(
            Notice.Kind.FUTURE_DATES,
            job.split().column(),
            rows,
            "%s a date in column '%s' that is later than %s, the latest %s (%s)"
                .formatted(
                    Count.of(rows, "row has", "rows have"),
                    job.split().column(),
                    LocalDate.ofEpochDay(job.begun()),
                    LocalDate.ofEpochDay(latest),
                    futureFile.get(latest)),
            List.of()));
  }
}
