package dev.almanac.transforms.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.feature.lift.CellFunction;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToIntFunction;
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

  MONTH_SIN("month-sin", Cycle.MONTH, StrictMath::sin),
  MONTH_COS("month-cos", Cycle.MONTH, StrictMath::cos),
  DAY_OF_MONTH_SIN("day-of-month-sin", Cycle.DAY_OF_MONTH, StrictMath::sin),
  DAY_OF_MONTH_COS("day-of-month-cos", Cycle.DAY_OF_MONTH, StrictMath::cos),
  DAY_OF_WEEK_SIN("day-of-week-sin", Cycle.DAY_OF_WEEK, StrictMath::sin),
  DAY_OF_WEEK_COS("day-of-week-cos", Cycle.DAY_OF_WEEK, StrictMath::cos),
  DAY_OF_YEAR_SIN("day-of-year-sin", Cycle.DAY_OF_YEAR, StrictMath::sin),
  DAY_OF_YEAR_COS("day-of-year-cos", Cycle.DAY_OF_YEAR, StrictMath::cos);

  /**
   * Where on its way a date is: a whole number of few values, and the share of the way it means.
   */
  private enum Cycle {
    MONTH(12, date -> date.getMonthValue() - 1, place -> place / 12.0),
    DAY_OF_MONTH(
        32 * 32,
        date -> 32 * date.lengthOfMonth() + date.getDayOfMonth() - 1,
        place -> place % 32 / (double) (place / 32)),
    DAY_OF_WEEK(7, date -> date.getDayOfWeek().getValue() - 1, place -> place / 7.0),
    DAY_OF_YEAR(366, date -> date.getDayOfYear() - 1, place -> place / 365.2425);

    private final int places;
    private final ToIntFunction<LocalDate> place;
    private final IntToDoubleFunction turn;

    Cycle(int places, ToIntFunction<LocalDate> place, IntToDoubleFunction turn) {
      this.places = places;
      this.place = place;
      this.turn = turn;
    }

    /** Sines are dear, so each place has its own once. */
    double[] waves(DoubleUnaryOperator wave) {
      double[] waves = new double[places];
      for (int i = 0; i < places; i++) {
        waves[i] = wave.applyAsDouble(2 * Math.PI * turn.applyAsDouble(i));
      }
      return waves;
    }
  }

  private final String text;
  private final ColumnType type;
  private final CellFunction function;

  DatePart(String text, ToLongFunction<LocalDate> part) {
    this.text = text;
    this.type = ColumnType.LONG;
    this.function = (CellFunction.OfLong) day -> part.applyAsLong(LocalDate.ofEpochDay(day));
  }

  DatePart(String text, Cycle cycle, DoubleUnaryOperator wave) {
    this.text = text;
    this.type = ColumnType.DOUBLE;
    double[] waves = cycle.waves(wave);
    Days days = new Days(day -> waves[cycle.place.applyAsInt(LocalDate.ofEpochDay(day))]);
    this.function = (CellFunction.LongToDouble) days::value;
  }

  /** What a function gives for each day of two centuries, computed once: dates repeat. */
  private static final class Days {
    private static final long FIRST = LocalDate.of(1900, 1, 1).toEpochDay();
    private static final int COUNT = (int) (LocalDate.of(2100, 1, 1).toEpochDay() - FIRST);

    private final LongToDoubleFunction function;
    private volatile double[] values;

    Days(LongToDoubleFunction function) {
      this.function = function;
    }

    double value(long day) {
      long at = day - FIRST;
      if (at < 0 || at >= COUNT) {
        return function.applyAsDouble(day);
      }
      double[] known = values;
      return known == null ? computed()[(int) at] : known[(int) at];
    }

    private double[] computed() {
      double[] all = new double[COUNT];
      for (int i = 0; i < COUNT; i++) {
        all[i] = function.applyAsDouble(FIRST + i);
      }
      values = all;
      return all;
    }
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
}
