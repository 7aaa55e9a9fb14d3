package dev.almanac.transforms.schema.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the cells of a date column are written; a column keeps to one form.
 *
 * <p>Years of four digits are 0001 to 9999. Years of two digits are those of POSIX: 69 to 99 mean
 * 1969 to 1999, 00 to 68 mean 2000 to 2068. Days and months written with one letter in the pattern
 * have one digit or two; {@code MMM} is the month's English name or its first three letters, and a
 * weekday may stand before such a date. A time of day must be a real one, and is dropped: where the
 * pattern says {@code [ time]} a cell may have one of any {@link DateText#isTime usual} form, with
 * {@code Z} or an offset or without, and the day is the one that is written. Seconds and
 * milliseconds since 1970 are read in UTC.
 *
 * <p>Stands in order of preference: where several forms fit every value of a column, inference
 * takes the first.
 */
public enum DateForm {
  ISO("yyyy-MM-dd", Order.YEAR_MONTH_DAY, false),
  YEAR_SLASH("yyyy/M/d", Order.YEAR_MONTH_DAY, false),
  MONTH_FIRST("M/d/yyyy", Order.MONTH_DAY_YEAR, false),
  DAY_FIRST("d/M/yyyy", Order.DAY_MONTH_YEAR, false),
  MONTH_FIRST_SHORT("M/d/yy", Order.MONTH_DAY_YEAR, false),
  DAY_FIRST_SHORT("d/M/yy", Order.DAY_MONTH_YEAR, false),
  DAY_DOTS("d.M.yyyy", Order.DAY_MONTH_YEAR, false),
  COMPACT("yyyyMMdd", Order.YEAR_MONTH_DAY, false),
  ISO_TIME("yyyy-MM-dd'T'HH:mm:ss", Order.YEAR_MONTH_DAY, true),
  ISO_BLANK_TIME("yyyy-MM-dd HH:mm:ss", Order.YEAR_MONTH_DAY, true),
  ISO_ANY_TIME("yyyy-MM-dd[ time]", Order.YEAR_MONTH_DAY, true),
  YEAR_DASH_ANY_TIME("yyyy-M-d[ time]", Order.YEAR_MONTH_DAY, true),
  YEAR_SLASH_ANY_TIME("yyyy/M/d[ time]", Order.YEAR_MONTH_DAY, true),
  YEAR_DOTS_ANY_TIME("yyyy.M.d[ time]", Order.YEAR_MONTH_DAY, true),
  MONTH_FIRST_ANY_TIME("M/d/yyyy[ time]", Order.MONTH_DAY_YEAR, true),
  DAY_FIRST_ANY_TIME("d/M/yyyy[ time]", Order.DAY_MONTH_YEAR, true),
  MONTH_FIRST_SHORT_ANY_TIME("M/d/yy[ time]", Order.MONTH_DAY_YEAR, true),
  DAY_FIRST_SHORT_ANY_TIME("d/M/yy[ time]", Order.DAY_MONTH_YEAR, true),
  DAY_DOTS_ANY_TIME("d.M.yyyy[ time]", Order.DAY_MONTH_YEAR, true),
  DAY_DOTS_SHORT_ANY_TIME("d.M.yy[ time]", Order.DAY_MONTH_YEAR, true),
  MONTH_DASH_ANY_TIME("M-d-yyyy[ time]", Order.MONTH_DAY_YEAR, true),
  DAY_DASH_ANY_TIME("d-M-yyyy[ time]", Order.DAY_MONTH_YEAR, true),
  DAY_NAMED_MONTH("d MMM yyyy[ time]", Order.DAY_MONTH_YEAR, true),
  DAY_NAMED_MONTH_SHORT("d MMM yy[ time]", Order.DAY_MONTH_YEAR, true),
  NAMED_MONTH_DAY("MMM d yyyy[ time]", Order.MONTH_DAY_YEAR, true),
  COMPACT_ANY_TIME("yyyyMMdd[ time]", Order.YEAR_MONTH_DAY, true),
  EPOCH_SECONDS("seconds since 1970", Order.EPOCH, true),
  EPOCH_MILLISECONDS("milliseconds since 1970", Order.EPOCH, true);

  /** What {@link #parse} gives for a text that is no date of the form. */
  public static final long NO_DATE = Long.MIN_VALUE;

  private static final List<DateForm> SHORT =
      List.of(
          MONTH_FIRST_SHORT,
          DAY_FIRST_SHORT,
          MONTH_FIRST_SHORT_ANY_TIME,
          DAY_FIRST_SHORT_ANY_TIME,
          DAY_DOTS_SHORT_ANY_TIME,
          DAY_NAMED_MONTH_SHORT);

  private static final List<String> EXAMPLES =
      List.of(
          "2020-12-31",
          "2020-12-31T23:59:00Z",
          "12/31/2020",
          "31/12/2020",
          "31.12.2020 23:59",
          "20201231",
          "31 Dec 2020");

  /** What comes first: two forms of one order never take a text for different days. */
  public enum Order {
    YEAR_MONTH_DAY,
    MONTH_DAY_YEAR,
    DAY_MONTH_YEAR,
    EPOCH
  }

  private final String pattern;
  private final Order order;
  private final boolean time;

  DateForm(String pattern, Order order, boolean time) {
    this.pattern = pattern;
    this.order = order;
    this.time = time;
  }

  /** The form as a person writes it, in {@link java.time.format.DateTimeFormatter}'s letters. */
  @JsonValue
  public String pattern() {
    return pattern;
  }

  public Order order() {
    return order;
  }

  /** Whether cells may say more than a day, which reading a day drops. */
  public boolean hasTime() {
    return time;
  }

  /** Whether years have two digits. */
  public boolean hasShortYear() {
    return SHORT.contains(this);
  }

  /** Whether the form is taken only where a column must hold dates: else such cells are numbers. */
  public boolean isNumber() {
    return order == Order.EPOCH;
  }

  /** A day in the forms that are met most, for messages; there are more. */
  public static List<String> examples() {
    return EXAMPLES;
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
      case MONTH_FIRST -> DateText.monthFirst(text, from, to, '/', 4);
      case DAY_FIRST -> DateText.dayFirst(text, from, to, '/', 4);
      case MONTH_FIRST_SHORT -> DateText.monthFirst(text, from, to, '/', 2);
      case DAY_FIRST_SHORT -> DateText.dayFirst(text, from, to, '/', 2);
      case DAY_DOTS -> DateText.dayFirst(text, from, to, '.', 4);
      case COMPACT -> DateText.compact(text, from, to);
      case ISO_TIME -> DateText.isoTime(text, from, to, 'T');
      case ISO_BLANK_TIME -> DateText.isoTime(text, from, to, ' ');
      case COMPACT_ANY_TIME -> DateText.compactAnyTime(text, from, to);
      case DAY_NAMED_MONTH -> NamedMonth.dayFirst(text, from, to, 4);
      case DAY_NAMED_MONTH_SHORT -> NamedMonth.dayFirst(text, from, to, 2);
      case NAMED_MONTH_DAY -> NamedMonth.monthFirst(text, from, to);
      case EPOCH_SECONDS -> DateText.epoch(text, from, to, 1);
      case EPOCH_MILLISECONDS -> DateText.epoch(text, from, to, 1000);
      default -> beforeTime(text, from, to);
    };
  }

  /** Reads a date from text without blanks around it, as {@link #parse(byte[], int, int)}. */
  public long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** The forms of a date in digits that a time may follow. */
  private long beforeTime(byte[] text, int from, int to) {
    int end = DateText.dateEnd(text, from, to);
    if (end < to && !DateText.isTime(text, end, to)) {
      return NO_DATE;
    }
    return switch (this) {
      case ISO_ANY_TIME -> DateText.iso(text, from, end);
      case YEAR_DASH_ANY_TIME -> DateText.yearFirst(text, from, end, '-');
      case YEAR_SLASH_ANY_TIME -> DateText.yearFirst(text, from, end, '/');
      case YEAR_DOTS_ANY_TIME -> DateText.yearFirst(text, from, end, '.');
      case MONTH_FIRST_ANY_TIME -> DateText.monthFirst(text, from, end, '/', 4);
      case DAY_FIRST_ANY_TIME -> DateText.dayFirst(text, from, end, '/', 4);
      case MONTH_FIRST_SHORT_ANY_TIME -> DateText.monthFirst(text, from, end, '/', 2);
      case DAY_FIRST_SHORT_ANY_TIME -> DateText.dayFirst(text, from, end, '/', 2);
      case DAY_DOTS_ANY_TIME -> DateText.dayFirst(text, from, end, '.', 4);
      case DAY_DOTS_SHORT_ANY_TIME -> DateText.dayFirst(text, from, end, '.', 2);
      case MONTH_DASH_ANY_TIME -> DateText.monthFirst(text, from, end, '-', 4);
      case DAY_DASH_ANY_TIME -> DateText.dayFirst(text, from, end, '-', 4);
      default -> throw new IllegalStateException("Cannot read " + this + " so");
    };
  }

  /**
   * Writes a date in this form: midnight where the form has a time, none where it may have one.
   *
   * @throws IllegalArgumentException when the form has no text for the day, such as 1950 in two
   *     digits
   */
  public String format(long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    int year = date.getYear();
    int month = date.getMonthValue();
    int day = date.getDayOfMonth();
    boolean isShort = hasShortYear();
    if (isShort ? year < 1969 || year > 2068 : year < 1 || year > 9999) {
      throw new IllegalArgumentException(
          "Cannot write %s as %s: the years are %s"
              .formatted(date, pattern, isShort ? "1969 to 2068" : "0001 to 9999"));
    }
    return switch (this) {
      case ISO, ISO_ANY_TIME -> String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
      case YEAR_DASH_ANY_TIME -> String.format(Locale.ROOT, "%04d-%d-%d", year, month, day);
      case YEAR_SLASH, YEAR_SLASH_ANY_TIME ->
          String.format(Locale.ROOT, "%04d/%d/%d", year, month, day);
      case YEAR_DOTS_ANY_TIME -> String.format(Locale.ROOT, "%04d.%d.%d", year, month, day);
      case MONTH_FIRST, MONTH_FIRST_ANY_TIME ->
          String.format(Locale.ROOT, "%d/%d/%04d", month, day, year);
      case DAY_FIRST, DAY_FIRST_ANY_TIME ->
          String.format(Locale.ROOT, "%d/%d/%04d", day, month, year);
      case MONTH_FIRST_SHORT, MONTH_FIRST_SHORT_ANY_TIME ->
          String.format(Locale.ROOT, "%d/%d/%02d", month, day, year % 100);
      case DAY_FIRST_SHORT, DAY_FIRST_SHORT_ANY_TIME ->
          String.format(Locale.ROOT, "%d/%d/%02d", day, month, year % 100);
      case DAY_DOTS, DAY_DOTS_ANY_TIME ->
          String.format(Locale.ROOT, "%d.%d.%04d", day, month, year);
      case DAY_DOTS_SHORT_ANY_TIME ->
          String.format(Locale.ROOT, "%d.%d.%02d", day, month, year % 100);
      case MONTH_DASH_ANY_TIME -> String.format(Locale.ROOT, "%d-%d-%04d", month, day, year);
      case DAY_DASH_ANY_TIME -> String.format(Locale.ROOT, "%d-%d-%04d", day, month, year);
      case DAY_NAMED_MONTH ->
          String.format(Locale.ROOT, "%d %s %04d", day, NamedMonth.shortName(month), year);
      case DAY_NAMED_MONTH_SHORT ->
          String.format(Locale.ROOT, "%d %s %02d", day, NamedMonth.shortName(month), year % 100);
      case NAMED_MONTH_DAY ->
          String.format(Locale.ROOT, "%s %d %04d", NamedMonth.shortName(month), day, year);
      case COMPACT, COMPACT_ANY_TIME ->
          String.format(Locale.ROOT, "%04d%02d%02d", year, month, day);
      case ISO_TIME -> String.format(Locale.ROOT, "%04d-%02d-%02dT00:00:00", year, month, day);
      case ISO_BLANK_TIME ->
          String.format(Locale.ROOT, "%04d-%02d-%02d 00:00:00", year, month, day);
      case EPOCH_SECONDS -> Long.toString(epochDay * DateText.SECONDS_OF_DAY);
      case EPOCH_MILLISECONDS -> Long.toString(epochDay * DateText.SECONDS_OF_DAY * 1000);
    };
  }
}
