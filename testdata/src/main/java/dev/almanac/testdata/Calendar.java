package dev.almanac.testdata;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Year;

/**
 * The days of a half-open period, numbered from 0, with what a row needs of each: its text and its
 * day of the year.
 *
 * <p>Immutable and thread-safe; shared by all stations.
 */
final class Calendar {

  static final int DATE_LENGTH = 10;

  private final LocalDate from;
  private final byte[] texts;
  private final short[] dayOfYear;
  private final boolean[] startsMonth;

  Calendar(LocalDate from, LocalDate until) {
    int days = (int) (until.toEpochDay() - from.toEpochDay());
    this.from = from;
    texts = new byte[days * DATE_LENGTH];
    dayOfYear = new short[days];
    startsMonth = new boolean[days];
    LocalDate date = from;
    for (int day = 0; day < days; day++) {
      byte[] text = date.toString().getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, texts, day * DATE_LENGTH, DATE_LENGTH);
      dayOfYear[day] = (short) (date.getDayOfYear() - 1);
      startsMonth[day] = date.getDayOfMonth() == 1;
      date = date.plusDays(1);
    }
  }

  int days() {
    return dayOfYear.length;
  }

  /** From 0 to 365. */
  int dayOfYear(int day) {
    return dayOfYear[day];
  }

  boolean startsMonth(int day) {
    return startsMonth[day];
  }

  void copyText(int day, byte[] target, int position) {
    System.arraycopy(texts, day * DATE_LENGTH, target, position, DATE_LENGTH);
  }

  /**
   * The number of the first day of a year; below 0 or past the end when the period does not hold
   * it.
   */
  int firstDayOf(int year) {
    return (int) (Year.of(year).atDay(1).toEpochDay() - from.toEpochDay());
  }

  /** Years, with a fraction, from 1990 to a day: what a slow trend grows with. */
  double yearsSince1990(int day) {
    return (day - firstDayOf(1990)) / 365.25;
  }
}
