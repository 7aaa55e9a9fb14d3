package dev.almanac.transforms.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.almanac.transforms.column.ColumnType;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A number that a date holds.
 *
 * <p>The cyclic parts put a date on a circle, so that December is next to January: sine and cosine
 * of {@code 2 pi f}, where {@code f} is the share of the cycle that has passed when the day begins:
 *
 * <ul>
 *   <li>month: (month - 1) / 12
 *   <li>day of month: (day - 1) / days of that month
 *   <li>day of week: (day - 1) / 7, Monday first
 *   <li>day of year: (day - 1) / 365.2425, the mean length of a Gregorian year
 * </ul>
 *
 * <p>Sines come from {@link StrictMath}: the same bits on every machine.
 */
public enum DatePart {
  YEAR("year", LocalDate::getYear),
  /** From 1 to 12. */
  MONTH("month", LocalDate::getMonthValue),
  /** From 1 to 31. */
  DAY_OF_MONTH("day-of-month", LocalDate::getDayOfMonth),
  /** From 1, Monday, to 7, Sunday. */
  DAY_OF_WEEK("day-of-week", date -> date.getDayOfWeek().getValue()),
  /** From 1 to 366. */
  DAY_OF_YEAR("day-of-year", LocalDate::getDayOfYear),

  MONTH_SIN("month-sin", DatePart::monthTurn, StrictMath::sin),
  MONTH_COS("month-cos", DatePart::monthTurn, StrictMath::cos),
  DAY_OF_MONTH_SIN("day-of-month-sin", DatePart::dayOfMonthTurn, StrictMath::sin),
  DAY_OF_MONTH_COS("day-of-month-cos", DatePart::dayOfMonthTurn, StrictMath::cos),
  DAY_OF_WEEK_SIN("day-of-week-sin", DatePart::dayOfWeekTurn, StrictMath::sin),
  DAY_OF_WEEK_COS("day-of-week-cos", DatePart::dayOfWeekTurn, StrictMath::cos),
  DAY_OF_YEAR_SIN("day-of-year-sin", DatePart::dayOfYearTurn, StrictMath::sin),
  DAY_OF_YEAR_COS("day-of-year-cos", DatePart::dayOfYearTurn, StrictMath::cos);

  private static final double MEAN_YEAR_DAYS = 365.2425;

  private final String text;
  private final ColumnType type;
  private final CellFunction function;

  DatePart(String text, ToLongFunction<LocalDate> part) {
    this.text = text;
    this.type = ColumnType.LONG;
    this.function = (CellFunction.OfLong) day -> part.applyAsLong(LocalDate.ofEpochDay(day));
  }

  DatePart(
      String text, ToDoubleFunction<LocalDate> turn, java.util.function.DoubleUnaryOperator wave) {
    this.text = text;
    this.type = ColumnType.DOUBLE;
    this.function =
        (CellFunction.LongToDouble)
            day -> wave.applyAsDouble(2 * Math.PI * turn.applyAsDouble(LocalDate.ofEpochDay(day)));
  }

  /** The name in configs, and the end of the new column's name. */
  @JsonValue
  public String text() {
    return text;
  }

  /** Long, or double for the cyclic parts. */
  ColumnType type() {
    return type;
  }

  /** From days since 1970-01-01. */
  CellFunction function() {
    return function;
  }

  /**
   * The part with this name.
   *
   * @throws IllegalArgumentException naming the known parts
   */
  @JsonCreator
  public static DatePart of(String text) {
    for (DatePart part : values()) {
      if (part.text.equals(text)) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read date part '%s': known parts are %s"
            .formatted(text, Arrays.stream(values()).map(DatePart::text).toList()));
  }

  private static double monthTurn(LocalDate date) {
    return (date.getMonthValue() - 1) / 12.0;
  }

  private static double dayOfMonthTurn(LocalDate date) {
    return (date.getDayOfMonth() - 1) / (double) date.lengthOfMonth();
  }

  private static double dayOfWeekTurn(LocalDate date) {
    return (date.getDayOfWeek().getValue() - 1) / 7.0;
  }

  private static double dayOfYearTurn(LocalDate date) {
    return (date.getDayOfYear() - 1) / MEAN_YEAR_DAYS;
  }
}
