package dev.almanac.transforms.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** How the cells of a date column are written; a column keeps to one form. */
public enum DateForm {
  ISO("yyyy-MM-dd"),
  YEAR_SLASH("yyyy/M/d"),
  MONTH_FIRST("M/d/yyyy"),
  DAY_FIRST("d/M/yyyy"),
  MONTH_FIRST_SHORT("M/d/yy"),
  DAY_FIRST_SHORT("d/M/yy"),
  DAY_DOTS("d.M.yyyy"),
  COMPACT("yyyyMMdd"),
  ISO_TIME("yyyy-MM-dd'T'HH:mm:ss");

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
}
