package dev.almanac.transforms.feature.lift;

import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.NumberForm;
import dev.almanac.transforms.schema.text.NumberKind;
import dev.almanac.transforms.schema.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** What a text is as a value of another type: the same that the CSV reader makes of a cell. */
public final class CellValue {
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private CellValue() {}

  /** A number; NaN when the text is none. */
  public static double number(String cell, NumberForm form) {
    byte[] text = text(cell);
    return form.parseDouble(text, 0, text.length);
  }

  /** A 64-bit integer; null when the text is none. */
  public static Long integer(String cell, NumberForm form) {
    byte[] text = text(cell);
    long value = form.parseLong(text, 0, text.length);
    boolean isLeast =
        value == NumberText.NO_LONG && form.kind(text, 0, text.length) == NumberKind.INTEGER;
    return value != NumberText.NO_LONG || isLeast ? (Long) value : null;
  }

  /** The day of a text in this form; null when it is not. */
  public static Long day(String cell, DateForm form) {
    byte[] text = text(cell);
    long day = form.parse(text, 0, text.length);
    return day == DateForm.NO_DATE ? null : (Long) day;
  }

  /**
   * The day of a text in any known form; null when it is in none, and when two forms read it as
   * different days, as 3/4/2020.
   */
  public static Long day(String cell) {
    byte[] text = text(cell);
    long found = DateForm.NO_DATE;
    for (DateForm form : DateForm.values()) {
      long day = form.parse(text, 0, text.length);
      if (day != DateForm.NO_DATE) {
        if (found != DateForm.NO_DATE && found != day) {
          return null;
        }
        found = day;
      }
    }
    return found == DateForm.NO_DATE ? null : (Long) found;
  }

  /** Whether a count of days since 1970-01-01 is one of a year of four digits. */
  public static boolean isDay(long day) {
    return day >= FIRST_DAY && day <= LAST_DAY;
  }

  /** The bytes without the blanks around them: spaces and tabs, as around a CSV cell. */
  private static byte[] text(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && isBlank(cell.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(cell.charAt(to - 1))) {
      to--;
    }
    return cell.substring(from, to).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
