package dev.almanac.pipelines.report.measure;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How finely time is cut. */
public enum Period {
  DAY,
  WEEK,
  MONTH,
  YEAR;

  private static final int MOST_DAYS = 70;
  private static final int MOST_DAYS_BY_WEEK = 400;
  private static final int MOST_DAYS_BY_MONTH = 30 * 366;

  /** Fine enough to show a course over these days, coarse enough to read. */
  static Period over(LocalDate first, LocalDate last) {
    long days = last.toEpochDay() - first.toEpochDay() + 1;
    if (days <= MOST_DAYS) {
      return DAY;
    }
    return days <= MOST_DAYS_BY_WEEK ? WEEK : days <= MOST_DAYS_BY_MONTH ? MONTH : YEAR;
  }

  /** The first day of the period that a day lies in; weeks begin on Mondays. */
  LocalDate start(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case YEAR -> day.withDayOfYear(1);
    };
  }

  LocalDate next(LocalDate start) {
    return switch (this) {
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
      case YEAR -> start.plusYears(1);
    };
  }

  String label(LocalDate start) {
    String text = start.toString();
    return switch (this) {
      case DAY, WEEK -> text;
      case MONTH -> text.substring(0, text.length() - 3);
      case YEAR -> text.substring(0, text.length() - 6);
    };
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
