package dev.almanac.transforms.schema;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which date forms a text can have at all, by its first characters alone: most cells are no date,
 * and are not tried for each form.
 */
final class DateShape {
  private static final int SHORTEST = 6;
  private static final int LONGEST = 90;

  private static final int ISO_LENGTH = 10;
  private static final int ISO_TIME_LENGTH = 19;

  /** What a date in the commonest forms fits, too. */
  private static final long ISO =
      bits(DateForm.ISO, DateForm.ISO_ANY_TIME, DateForm.YEAR_DASH_ANY_TIME);

  private static final long ISO_TIME =
      bits(DateForm.ISO_TIME, DateForm.ISO_ANY_TIME, DateForm.YEAR_DASH_ANY_TIME);

  private static final DateForm[] NONE = {};
  private static final DateForm[] DIGITS =
      of(
          EnumSet.of(
              DateForm.COMPACT,
              DateForm.COMPACT_ANY_TIME,
              DateForm.EPOCH_SECONDS,
              DateForm.EPOCH_MILLISECONDS));
  private static final DateForm[] YEAR_DASH =
      of(
          EnumSet.of(
              DateForm.ISO,
              DateForm.ISO_TIME,
              DateForm.ISO_BLANK_TIME,
              DateForm.ISO_ANY_TIME,
              DateForm.YEAR_DASH_ANY_TIME));
  private static final DateForm[] YEAR_SLASH =
      of(EnumSet.of(DateForm.YEAR_SLASH, DateForm.YEAR_SLASH_ANY_TIME));
  private static final DateForm[] YEAR_DOTS = of(EnumSet.of(DateForm.YEAR_DOTS_ANY_TIME));
  private static final DateForm[] NAMED =
      of(
          EnumSet.of(
              DateForm.DAY_NAMED_MONTH, DateForm.DAY_NAMED_MONTH_SHORT, DateForm.NAMED_MONTH_DAY));
  private static final DateForm[] SLASH = of(slash());
  private static final DateForm[] DOTS = of(dots());
  private static final DateForm[] DASH = of(dash());

  private DateShape() {}

  private static Set<DateForm> slash() {
    Set<DateForm> forms =
        EnumSet.of(
            DateForm.MONTH_FIRST,
            DateForm.DAY_FIRST,
            DateForm.MONTH_FIRST_SHORT,
            DateForm.DAY_FIRST_SHORT,
            DateForm.MONTH_FIRST_ANY_TIME,
            DateForm.DAY_FIRST_ANY_TIME,
            DateForm.MONTH_FIRST_SHORT_ANY_TIME,
            DateForm.DAY_FIRST_SHORT_ANY_TIME);
    forms.addAll(Set.of(NAMED));
    return forms;
  }

  private static Set<DateForm> dots() {
    Set<DateForm> forms =
        EnumSet.of(DateForm.DAY_DOTS, DateForm.DAY_DOTS_ANY_TIME, DateForm.DAY_DOTS_SHORT_ANY_TIME);
    forms.addAll(Set.of(NAMED));
    return forms;
  }

  private static Set<DateForm> dash() {
    Set<DateForm> forms = EnumSet.of(DateForm.MONTH_DASH_ANY_TIME, DateForm.DAY_DASH_ANY_TIME);
    forms.addAll(Set.of(NAMED));
    return forms;
  }

  private static DateForm[] of(Set<DateForm> forms) {
    return forms.toArray(DateForm[]::new);
  }

  /** The forms that read the text, a bit for each at its ordinal. */
  static long fitting(byte[] text, int from, int to) {
    if (to - from == ISO_LENGTH && DateForm.ISO.parse(text, from, to) != DateForm.NO_DATE) {
      return ISO;
    }
    if (to - from == ISO_TIME_LENGTH
        && DateForm.ISO_TIME.parse(text, from, to) != DateForm.NO_DATE) {
      return ISO_TIME;
    }
    long fitting = 0;
    for (DateForm form : forms(text, from, to)) {
      if (form.parse(text, from, to) != DateForm.NO_DATE) {
        fitting |= 1L << form.ordinal();
      }
    }
    return fitting;
  }

  private static long bits(DateForm... forms) {
    long bits = 0;
    for (DateForm form : forms) {
      bits |= 1L << form.ordinal();
    }
    return bits;
  }

  /** The forms that are tried: none of the others reads the text. */
  private static DateForm[] forms(byte[] text, int from, int to) {
    if (to - from < SHORTEST || to - from > LONGEST) {
      return NONE;
    }
    int digits = from;
    while (digits < to && text[digits] >= '0' && text[digits] <= '9') {
      digits++;
    }
    byte next = digits < to ? text[digits] : 0;
    return switch (digits - from) {
      case 0 -> isLetter(text[from]) ? NAMED : NONE;
      case 1, 2 ->
          switch (next) {
            case '/' -> SLASH;
            case '.' -> DOTS;
            case '-' -> DASH;
            default -> NAMED;
          };
      case 4 ->
          switch (next) {
            case '-' -> YEAR_DASH;
            case '/' -> YEAR_SLASH;
            case '.' -> YEAR_DOTS;
            default -> NONE;
          };
      default -> digits == to || digits - from == 8 ? DIGITS : NONE;
    };
  }

  private static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }
}
