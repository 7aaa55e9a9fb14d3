package dev.almanac.transforms.split;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * Days from one date on, until the day before another.
 *
 * @param from the first day; null for no beginning
 * @param until the first day after; null for no end
 */
public record DateRange(LocalDate from, LocalDate until) implements Serializable {
  /** The first day since 1970-01-01, or the least number. */
  long firstDay() {
    return from == null ? Long.MIN_VALUE : from.toEpochDay();
  }

  /** The first day after since 1970-01-01, or the greatest number. */
  long endDay() {
    return until == null ? Long.MAX_VALUE : until.toEpochDay();
  }

  @Override
  public String toString() {
    return "[%s, %s)".formatted(from == null ? "-" : from, until == null ? "-" : until);
  }
}
