package dev.almanac.transforms.schema.text;

/**
 * Which date forms a text can have at all, by its first characters alone: most cells are no date,
 * and are not tried for each form.
 */
public final class DateShape {
  /** Bytes of the shortest date in digits alone. */
  public static final int SHORTEST_DIGITS = 8;

  private static final int SHORTEST = 6;
  private static final int LONGEST = 90;

  private static final int ISO_LENGTH = 10;
  private static final int ISO_TIME_LENGTH = 19;

  /** What a date in the commonest forms fits, too. */
  private static final long ISO =
      bits(DateForm.ISO, DateForm.ISO_ANY_TIME, DateForm.YEAR_DASH_ANY_TIME);

  private static final long ISO_TIME =
      bits(DateForm.ISO_TIME, DateForm.ISO_ANY_TIME, DateForm.YEAR_DASH_ANY_TIME);

  private static final long ISO_BLANK_TIME =
      bits(DateForm.ISO_BLANK_TIME, DateForm.ISO_ANY_TIME, DateForm.YEAR_DASH_ANY_TIME);

  private static final DateForm[] DIGITS = {
    DateForm.COMPACT, DateForm.COMPACT_ANY_TIME, DateForm.EPOCH_SECONDS, DateForm.EPOCH_MILLISECONDS
  };
  private static final DateForm[] NAMED = {
    DateForm.DAY_NAMED_MONTH, DateForm.DAY_NAMED_MONTH_SHORT, DateForm.NAMED_MONTH_DAY
  };

  private DateShape() {}

  /** Whether a date may begin as this text does: with a digit, or with a name. */
  public static boolean mayBegin(byte[] text, int from, int to) {
    return to - from >= SHORTEST
        && (text[from] >= '0' && text[from] <= '9' || NamedMonth.mayBegin(text, from, to));
  }

  /** The forms that read the text, a bit for each at its ordinal. */
  public static long fitting(byte[] text, int from, int to) {
    if (to - from < SHORTEST || to - from > LONGEST) {
      return 0;
    }
    int digits = from;
    while (digits < to && text[digits] >= '0' && text[digits] <= '9') {
      digits++;
    }
    return switch (digits - from) {
      case 0 -> NamedMonth.mayBegin(text, from, to) ? tried(NAMED, text, from, to) : 0;
      case 1, 2 ->
          NamedMonth.mayFollow(text, digits, to)
              ? tried(NAMED, text, from, to)
              : yearLast(text, from, to, text[digits]);
      case 4 -> digits == to ? 0 : yearFirst(text, from, to, text[digits]);
      default -> digits == to || digits - from == 8 ? tried(DIGITS, text, from, to) : 0;
    };
  }

  private static long tried(DateForm[] forms, byte[] text, int from, int to) {
    long fitting = 0;
    for (DateForm form : forms) {
      if (form.parse(text, from, to) != DateForm.NO_DATE) {
        fitting |= 1L << form.ordinal();
      }
    }
    return fitting;
  }

  private static long yearFirst(byte[] text, int from, int to, byte separator) {
    if (separator == '-') {
      if (to - from == ISO_LENGTH && DateText.iso(text, from, to) != DateForm.NO_DATE) {
        return ISO;
      }
      if (to - from == ISO_TIME_LENGTH) {
        char before = (char) text[from + ISO_LENGTH];
        if ((before == 'T' || before == ' ')
            && DateText.isoTime(text, from, to, before) != DateForm.NO_DATE) {
          return before == 'T' ? ISO_TIME : ISO_BLANK_TIME;
        }
      }
    }
    int end = separated(text, from, to, separator);
    if (end < 0 || DateText.yearFirst(text, from, end, (char) separator) == DateForm.NO_DATE) {
      return 0;
    }
    return switch (separator) {
      case '/' -> bits(end == to, DateForm.YEAR_SLASH, DateForm.YEAR_SLASH_ANY_TIME);
      case '.' -> bits(DateForm.YEAR_DOTS_ANY_TIME);
      default ->
          bits(DateForm.YEAR_DASH_ANY_TIME)
              | (DateText.iso(text, from, end) == DateForm.NO_DATE
                  ? 0
                  : bits(DateForm.ISO_ANY_TIME));
    };
  }

  private static long yearLast(byte[] text, int from, int to, byte separator) {
    int end = separated(text, from, to, separator);
    if (end < 0) {
      return 0;
    }
    boolean day = end == to;
    boolean isShort = text[end - 3] == separator;
    int year = isShort ? 2 : 4;
    char c = (char) separator;
    long fitting = 0;
    if (DateText.dayFirst(text, from, end, c, year) != DateForm.NO_DATE) {
      fitting |=
          switch (separator) {
            case '/' ->
                isShort
                    ? bits(day, DateForm.DAY_FIRST_SHORT, DateForm.DAY_FIRST_SHORT_ANY_TIME)
                    : bits(day, DateForm.DAY_FIRST, DateForm.DAY_FIRST_ANY_TIME);
            case '.' ->
                isShort
                    ? bits(DateForm.DAY_DOTS_SHORT_ANY_TIME)
                    : bits(day, DateForm.DAY_DOTS, DateForm.DAY_DOTS_ANY_TIME);
            default -> isShort ? 0 : bits(DateForm.DAY_DASH_ANY_TIME);
          };
    }
    if (separator != '.' && DateText.monthFirst(text, from, end, c, year) != DateForm.NO_DATE) {
      fitting |=
          separator == '-'
              ? isShort ? 0 : bits(DateForm.MONTH_DASH_ANY_TIME)
              : isShort
                  ? bits(day, DateForm.MONTH_FIRST_SHORT, DateForm.MONTH_FIRST_SHORT_ANY_TIME)
                  : bits(day, DateForm.MONTH_FIRST, DateForm.MONTH_FIRST_ANY_TIME);
    }
    return fitting;
  }

  /** Where the date ends that is written with this separator; -1 when there can be none. */
  private static int separated(byte[] text, int from, int to, byte separator) {
    if (separator != '-' && separator != '/' && separator != '.') {
      return -1;
    }
    int end = DateText.dateEnd(text, from, to);
    return end - from >= SHORTEST && (end == to || DateText.isTime(text, end, to)) ? end : -1;
  }

  private static long bits(boolean day, DateForm ofDay, DateForm anyTime) {
    return (day ? 1L << ofDay.ordinal() : 0) | 1L << anyTime.ordinal();
  }

  private static long bits(DateForm form) {
    return 1L << form.ordinal();
  }

  private static long bits(DateForm... forms) {
    long bits = 0;
    for (DateForm form : forms) {
      bits |= bits(form);
    }
    return bits;
  }
}
