package dev.almanac.testdata;

import java.util.Arrays;

/**
 * The days for which a station has a row, ascending.
 *
 * <p>A station with fewer rows than the period has days lost whole months, spread over all of the
 * period; so every part of the period holds rows of every station, at any size.
 */
final class DayPlan {

  private final int[] days;

  private DayPlan(int[] days) {
    this.days = days;
  }

  /** Exactly {@code rows} days, at least 1 and at most the days of the calendar. */
  static DayPlan of(Calendar calendar, int rows, Draws draws) {
    int[] days = new int[rows];
    int planned = 0;
    int start = 0;
    while (planned < rows) {
      int end = start + 1;
      while (end < calendar.days() && !calendar.startsMonth(end)) {
        end++;
      }
      int open = rows - planned;
      int left = calendar.days() - start;
      // Selection sampling by month; a month is kept whatever the draw when the days after it would
      // not be enough.
      boolean kept = draws.uniform() * left < open;
      if (kept || calendar.days() - end < open) {
        for (int day = start; day < end && planned < rows; day++) {
          days[planned++] = day;
        }
      }
      start = end;
    }
    return new DayPlan(days);
  }

  int rows() {
    return days.length;
  }

  int day(int row) {
    return days[row];
  }

  /** Whether the day before this row's day has no row. */
  boolean followsGap(int row) {
    return row == 0 || days[row - 1] != days[row] - 1;
  }

  /** The first row on or after a day of the calendar. */
  int firstRowFrom(int day) {
    int found = Arrays.binarySearch(days, day);
    return found >= 0 ? found : -found - 1;
  }
}
