package dev.almanac.transforms.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * How the cells of a date column are written; a column keeps to one form.
 *
 * <p>Years of four digits are 0001 to 9999. Years of two digits are those of POSIX: 69 to 99 mean
 * 1969 to 1999, 00 to 68 mean 2000 to 2068. Days and months written with one letter in the pattern
 * have one digit or two. A time of day must be a real one, and is dropped. Stands in order of
 * preference: where several forms fit every value of a column, inference takes the first.
 */
public enum DateForm {
  ISO("yyyy-MM-dd"),
  YEAR_SLASH("yyyy/M/d"),
  MONTH_FIRST("M/d/yyyy"),
  DAY_FIRST("d/M/yyyy"),
  MONTH_FIRST_SHORT("M/d/yy"),
  DAY_FIRST_SHORT("d/M/yy"),
  DAY_DOTS("d.M.yyyy"),
  COMPACT("yyyyMMdd"),
  ISO_TIME("yyyy-MM-dd'T'HH:mm:ss"),
  ISO_BLANK_TIME("yyyy-MM-dd HH:mm:ss");

  /** What {@link #parse} gives for a text that is no date of the form. */
  public static final long NO_DATE = Long.MIN_VALUE;

  private final String pattern;

  DateForm(String pattern) {
    this.pattern = pattern;
  }

  /** The form as a person writes it, in {@link java.time.format.DateTimeFormatter}'s letters. */
  @JsonValue
  public String pattern() {
    return pattern;
  }

  /**
   * The form with this pattern.
   *
   * @throws IllegalArgumentException naming the known patterns
   */
  @JsonCreator
  public static DateForm of(String pattern) {
    for (DateForm form : values()) {
      if (form.pattern.equals(pattern)) {
        return form;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read date form '%s': known forms are %s"
            .formatted(pattern, Arrays.stream(values()).map(DateForm::pattern).toList()));
  }

  /**
   * Reads a date from ASCII bytes without blanks around it.
   *
   * @return days since 1970-01-01, or {@link #NO_DATE}
   */
  public long parse(byte[] text, int from, int to) {
    return switch (this) {
      case ISO -> DateText.iso(text, from, to);
      case YEAR_SLASH -> DateText.yearFirst(text, from, to, '/');
      case MONTH_FIRST -> DateText.monthFirst(text, from, to, 4);
      case DAY_FIRST -> DateText.dayFirst(text, from, to, '/', 4);
      case MONTH_FIRST_SHORT -> DateText.monthFirst(text, from, to, 2);
      case DAY_FIRST_SHORT -> DateText.dayFirst(text, from, to, '/', 2);
      case DAY_DOTS -> DateText.dayFirst(text, from, to, '.', 4);
      case COMPACT -> DateText.compact(text, from, to);
      case ISO_TIME -> DateText.isoTime(text, from, to, 'T');
      case ISO_BLANK_TIME -> DateText.isoTime(text, from, to, ' ');
    };
  }

  /**
   * Writes a date in this form, midnight where the form has a time.
   *
   * @throws IllegalArgumentException when the form has no text for the day, such as 1950 in two
   *     digits
   */
  public String format(long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    int year = date.getYear();
    int month = date.getMonthValue();
    int day = date.getDayOfMonth();
    boolean isShort = this == MONTH_FIRST_SHORT || this == DAY_FIRST_SHORT;
    if (isShort ? year < 1969 || year > 2068 : year < 1 || year > 9999) {
      throw new IllegalArgumentException(
          "Cannot write %s as %s: the years are %s"
              .formatted(date, pattern, isShort ? "1969 to 2068" : "0001 to 9999"));
    }
    return switch (this) {
      case ISO -> "%04d-%02d-%02d".formatted(year, month, day);
      case YEAR_SLASH -> "%04d/%d/%d".formatted(year, month, day);
      case MONTH_FIRST -> "%d/%d/%04d".formatted(month, day, year);
      case DAY_FIRST -> "%d/%d/%04d".formatted(day, month, year);
      case MONTH_FIRST_SHORT -> "%d/%d/%02d".formatted(month, day, year % 100);
      case DAY_FIRST_SHORT -> "%d/%d/%02d".formatted(day, month, year % 100);
      case DAY_DOTS -> "%d.%d.%04d".formatted(day, month, year);
      case COMPACT -> "%04d%02d%02d".formatted(year, month, day);
      case ISO_TIME -> "%04d-%02d-%02dT00:00:00".formatted(year, month, day);
      case ISO_BLANK_TIME -> "%04d-%02d-%02d 00:00:00".formatted(year, month, day);
    };
  }
}
