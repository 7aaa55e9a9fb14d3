package dev.almanac.pipelines.report.measure;

import dev.almanac.transforms.column.LongColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Errors by period, from the first one with rows to the last, gaps included. */
public final class ErrorOverTime {
  private final Period period;
  private final TreeMap<LocalDate, ErrorTotals> totals = new TreeMap<>();

  ErrorOverTime(Period period) {
    this.period = period;
  }

  /**
   * Errors of one period.
   *
   * @param label such as {@code 2015-01}
   */
  public record Point(String label, ErrorTotals errors) {}

  public Period period() {
    return period;
  }

  /** Adds rows; those without a date count nowhere. */
  void add(RowErrors errors, LongColumn dates) {
    long lastDay = Long.MIN_VALUE;
    ErrorTotals current = null;
    for (int row = 0; row < errors.rows(); row++) {
      if (dates.isNull(row)) {
        continue;
      }
      long day = dates.values()[row];
      if (current == null || day != lastDay) {
        LocalDate start = period.start(LocalDate.ofEpochDay(day));
        current = totals.computeIfAbsent(start, unused -> new ErrorTotals());
        lastDay = day;
      }
      current.add(errors, row);
    }
  }

  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    if (totals.isEmpty()) {
      return points;
    }
    LocalDate last = totals.lastKey();
    for (LocalDate at = totals.firstKey(); !at.isAfter(last); at = period.next(at)) {
      points.add(new Point(period.label(at), totals.getOrDefault(at, new ErrorTotals())));
    }
    return points;
  }
}
