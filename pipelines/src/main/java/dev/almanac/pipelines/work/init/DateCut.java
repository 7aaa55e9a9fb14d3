package dev.almanac.pipelines.work.init;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Two days that cut a column of dates into train, validation and test: near the quantiles 0.70 and
 * 0.85 of its rows, on the first day of a year or month where that leaves each enough.
 *
 * @param validation the first day of validation
 * @param test the first day of test
 * @param shares of the rows, in percent, of the three
 */
record DateCut(LocalDate validation, LocalDate test, List<Long> shares) {
  private static final double TRAIN = 0.70;
  private static final double VALIDATION = 0.85;
  private static final double LEAST_TRAIN = 0.55;
  private static final double LEAST_OTHER = 0.07;
  private static final int YEARS = 8;
  private static final int MONTHS = 8;

  /** The cut; null where there are not three days. */
  static DateCut of(TreeMap<Long, Long> days) {
    if (days.size() < 3) {
      return null;
    }
    LocalDate first = LocalDate.ofEpochDay(days.firstKey());
    LocalDate last = LocalDate.ofEpochDay(days.lastKey());
    LocalDate validation = quantile(days, TRAIN);
    LocalDate test = quantile(days, VALIDATION);
    List<DateCut> cuts = new ArrayList<>();
    if (ChronoUnit.YEARS.between(first, last) >= YEARS) {
      cuts.add(cut(days, nearestYear(validation), nearestYear(test)));
    }
    if (ChronoUnit.MONTHS.between(first, last) >= MONTHS) {
      cuts.add(cut(days, nearestMonth(validation), nearestMonth(test)));
    }
    for (DateCut cut : cuts) {
      if (cut.isFair()) {
        return cut;
      }
    }
    // Days of many rows may stand on both: each part gets a day of its own then.
    LocalDate earliest = LocalDate.ofEpochDay(days.higherKey(days.firstKey()));
    LocalDate latest = LocalDate.ofEpochDay(days.lastKey());
    validation = validation.isBefore(earliest) ? earliest : validation;
    if (!validation.isBefore(latest)) {
      validation = LocalDate.ofEpochDay(days.lowerKey(days.lastKey()));
    }
    if (!test.isAfter(validation)) {
      test = LocalDate.ofEpochDay(days.higherKey(validation.toEpochDay()));
    }
    return cut(days, validation, test);
  }

  private boolean isFair() {
    return shares.get(0) >= 100 * LEAST_TRAIN
        && shares.get(1) >= 100 * LEAST_OTHER
        && shares.get(2) >= 100 * LEAST_OTHER;
  }

  private static DateCut cut(TreeMap<Long, Long> days, LocalDate validation, LocalDate test) {
    long total = rows(days.values());
    long train = rows(days.headMap(validation.toEpochDay()).values());
    long tested = rows(days.tailMap(test.toEpochDay()).values());
    return new DateCut(
        validation,
        test,
        List.of(
            Math.round(100.0 * train / total),
            Math.round(100.0 * (total - train - tested) / total),
            Math.round(100.0 * tested / total)));
  }

  private static long rows(Iterable<Long> counts) {
    long rows = 0;
    for (long count : counts) {
      rows += count;
    }
    return rows;
  }

  /** The first day before which that share of the rows or more stands. */
  private static LocalDate quantile(TreeMap<Long, Long> days, double share) {
    long wanted = (long) Math.ceil(share * rows(days.values()));
    long before = 0;
    for (var day : days.entrySet()) {
      if (before >= wanted) {
        return LocalDate.ofEpochDay(day.getKey());
      }
      before += day.getValue();
    }
    return LocalDate.ofEpochDay(days.lastKey());
  }

  private static LocalDate nearestYear(LocalDate day) {
    return day.plusMonths(6).withDayOfYear(1);
  }

  private static LocalDate nearestMonth(LocalDate day) {
    return day.plusDays(15).withDayOfMonth(1);
  }
}
