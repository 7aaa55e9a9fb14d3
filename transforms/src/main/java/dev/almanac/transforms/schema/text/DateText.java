package dev.almanac.transforms.schema.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads the date forms from bytes; every method gives {@link DateForm#NO_DATE} for no date. */
final class DateText {
  private static final long NO_DATE = DateForm.NO_DATE;

  /** The first of the years that two digits mean; the others follow. */
  private static final int FIRST_SHORT_YEAR = 1969;

  static final long SECONDS_OF_DAY = 86_400;

  private static final int LONGEST_SUFFIX = 60;

  /** AM or PM, an offset, a zone, the name of a place in brackets. */
  private static final Pattern SUFFIX =
      Pattern.compile(
          " ?(?:[AaPp]\\.?[Mm]\\.?)?"
              + " ?(?:[Zz]|(?:UTC|GMT)?[+-]\\d\\d(?::?\\d\\d)?|UTC|GMT|[ECMP][SD]T|CES?T|EES?T|WES?T|BST|IST|JST)?"
              + "(?:\\[[A-Za-z0-9_/+-]+\\]| \\([A-Za-z0-9 _/+-]+\\))?");

  private DateText() {}

  static long iso(byte[] text, int from, int to) {
    if (to - from != 10 || text[from + 4] != '-' || text[from + 7] != '-') {
      return NO_DATE;
    }
    return day(four(text, from), two(text, from + 5), two(text, from + 8));
  }

  static long isoTime(byte[] text, int from, int to, char separator) {
    if (to - from != 19
        || text[from + 10] != separator
        || text[from + 13] != ':'
        || text[from + 16] != ':'
        || !isBelow(two(text, from + 11), 24)
        || !isBelow(two(text, from + 14), 60)
        || !isBelow(two(text, from + 17), 60)) {
      return NO_DATE;
    }
    return iso(text, from, from + 10);
  }

  static long compact(byte[] text, int from, int to) {
    if (to - from != 8) {
      return NO_DATE;
    }
    return day(four(text, from), two(text, from + 4), two(text, from + 6));
  }

  static long yearFirst(byte[] text, int from, int to, char separator) {
    int month = from + 5;
    if (to - from < 8 || text[from + 4] != separator) {
      return NO_DATE;
    }
    int monthEnd = end(text, month, to, separator);
    if (monthEnd < 0) {
      return NO_DATE;
    }
    return day(four(text, from), oneOrTwo(text, month, monthEnd), oneOrTwo(text, monthEnd + 1, to));
  }

  static long dayFirst(byte[] text, int from, int to, char separator, int yearDigits) {
    int dayEnd = end(text, from, to, separator);
    int monthEnd = dayEnd < 0 ? -1 : end(text, dayEnd + 1, to, separator);
    if (monthEnd < 0) {
      return NO_DATE;
    }
    return day(
        year(text, monthEnd + 1, to, yearDigits),
        oneOrTwo(text, dayEnd + 1, monthEnd),
        oneOrTwo(text, from, dayEnd));
  }

  static long monthFirst(byte[] text, int from, int to, char separator, int yearDigits) {
    int monthEnd = end(text, from, to, separator);
    int dayEnd = monthEnd < 0 ? -1 : end(text, monthEnd + 1, to, separator);
    if (dayEnd < 0) {
      return NO_DATE;
    }
    return day(
        year(text, dayEnd + 1, to, yearDigits),
        oneOrTwo(text, from, monthEnd),
        oneOrTwo(text, monthEnd + 1, dayEnd));
  }

  /** A day and a time put together of digits, or with what may begin a time between them. */
  static long compactAnyTime(byte[] text, int from, int to) {
    int digits = from;
    while (digits < to && isDigit(text[digits])) {
      digits++;
    }
    boolean plain = digits == to && (to - from == 12 || to - from == 14);
    if (to - from < 8
        || plain && !isClock(text, from + 8, to)
        || !plain && to - from > 8 && (digits != from + 8 || !isTime(text, from + 8, to))) {
      return NO_DATE;
    }
    return compact(text, from, from + 8);
  }

  /** The day in UTC of so many units since 1970, when the digits say a time after early 1973. */
  static long epoch(byte[] text, int from, int to, long unitsOfSecond) {
    int digits = to - from - (unitsOfSecond == 1 ? 0 : 3);
    if (digits < 9 || digits > 10 || text[from] == '0') {
      return NO_DATE;
    }
    long units = 0;
    for (int at = from; at < to; at++) {
      if (!isDigit(text[at])) {
        return NO_DATE;
      }
      units = 10 * units + (text[at] - '0');
    }
    return units / unitsOfSecond / SECONDS_OF_DAY;
  }

  /** Where a date in digits and separators ends, and a time may begin. */
  static int dateEnd(byte[] text, int from, int to) {
    int at = from;
    while (at < to
        && (isDigit(text[at]) || text[at] == '-' || text[at] == '/' || text[at] == '.')) {
      at++;
    }
    return at;
  }

  /**
   * Whether a text is a time of day behind a date: {@code T}, a blank, or a colon, then {@code
   * HH:mm}, {@code HH:mm:ss}, fractions of seconds behind a point or a comma, {@code HHmm} or
   * {@code HHmmss}; then AM or PM; then {@code Z}, an offset such as {@code +01:00}, or a zone. 24
   * hours may be written as the end of a day.
   */
  static boolean isTime(byte[] text, int from, int to) {
    int at = from;
    if (at == to || text[at] != 'T' && text[at] != 't' && text[at] != ' ' && text[at] != ':') {
      return false;
    }
    at++;
    while (at < to && text[at] == ' ') {
      at++;
    }
    int end = at;
    while (end < to && (isDigit(text[end]) || text[end] == ':')) {
      end++;
    }
    int clock = end;
    if (end < to && (text[end] == '.' || text[end] == ',')) {
      end++;
      int fraction = end;
      while (end < to && isDigit(text[end])) {
        end++;
      }
      if (end == fraction) {
        return false;
      }
    }
    return isClock(text, at, clock) && isTimeSuffix(text, end, to);
  }

  /** {@code H:mm}, {@code HH:mm}, both with seconds, or two, four or six digits. */
  private static boolean isClock(byte[] text, int from, int to) {
    int length = to - from;
    int hours;
    int minutes = 0;
    int seconds = 0;
    int colon = from + (length > 1 && text[from + 1] == ':' ? 1 : 2);
    if (length >= 4 && text[colon] == ':') {
      int rest = to - colon;
      if (rest != 3 && (rest != 6 || text[colon + 3] != ':')) {
        return false;
      }
      hours = oneOrTwo(text, from, colon);
      minutes = two(text, colon + 1);
      seconds = rest == 6 ? two(text, colon + 4) : 0;
    } else if (length == 2 || length == 4 || length == 6) {
      hours = two(text, from);
      minutes = length > 2 ? two(text, from + 2) : 0;
      seconds = length > 4 ? two(text, from + 4) : 0;
    } else {
      return false;
    }
    boolean isEnd = hours == 24 && minutes == 0 && seconds == 0;
    return (isBelow(hours, 24) || isEnd) && isBelow(minutes, 60) && isBelow(seconds, 61);
  }

  private static boolean isTimeSuffix(byte[] text, int from, int to) {
    if (from == to || isUtcOrOffset(text, from, to)) {
      return true;
    }
    String suffix = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    return suffix.length() <= LONGEST_SUFFIX && SUFFIX.matcher(suffix).matches();
  }

  /** The commonest suffixes: {@code Z}, {@code +01:00}, and {@code AM} with a blank or without. */
  private static boolean isUtcOrOffset(byte[] text, int from, int to) {
    byte first = text[from];
    return switch (to - from) {
      case 1 -> first == 'Z' || first == 'z';
      case 2 -> isHalfOfDay(text, from);
      case 3 -> first == ' ' && isHalfOfDay(text, from + 1);
      case 6 ->
          (first == '+' || first == '-')
              && two(text, from + 1) >= 0
              && text[from + 3] == ':'
              && two(text, from + 4) >= 0;
      default -> false;
    };
  }

  private static boolean isHalfOfDay(byte[] text, int at) {
    int half = text[at] | 0x20;
    return (half == 'a' || half == 'p') && (text[at + 1] | 0x20) == 'm';
  }

  /** Where the separator stands after one digit or two, or -1. */
  private static int end(byte[] text, int from, int to, char separator) {
    if (from + 1 < to && text[from + 1] == separator) {
      return from + 1;
    }
    return from + 2 < to && text[from + 2] == separator ? from + 2 : -1;
  }

  static int year(byte[] text, int from, int to, int digits) {
    if (to - from != digits) {
      return -1;
    }
    if (digits == 4) {
      return four(text, from);
    }
    int year = two(text, from);
    return year < 0 ? -1 : FIRST_SHORT_YEAR + Math.floorMod(year - FIRST_SHORT_YEAR, 100);
  }

  static int oneOrTwo(byte[] text, int from, int to) {
    return switch (to - from) {
      case 1 -> {
        int digit = text[from] - '0';
        yield isBelow(digit, 10) ? digit : -1;
      }
      case 2 -> two(text, from);
      default -> -1;
    };
  }

  /** The number of two digits, or -1. */
  private static int two(byte[] text, int from) {
    int tens = text[from] - '0';
    int ones = text[from + 1] - '0';
    return isBelow(tens, 10) && isBelow(ones, 10) ? 10 * tens + ones : -1;
  }

  private static int four(byte[] text, int from) {
    int high = two(text, from);
    int low = two(text, from + 2);
    return high < 0 || low < 0 ? -1 : 100 * high + low;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isBelow(int value, int limit) {
    return value >= 0 && value < limit;
  }

  /** Days since 1970-01-01 of a date that may not exist. */
  static long day(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) {
      return NO_DATE;
    }
    // Years from March on, so that the leap day comes last; 719468 days from 0000-03-01 to 1970.
    int marchYear = month > 2 ? year : year - 1;
    int century = marchYear / 100;
    int marchMonth = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
    return 365L * marchYear + marchYear / 4 - century + century / 4 + dayOfYear - 719468;
  }

  private static int lengthOfMonth(int year, int month) {
    if (month == 2) {
      return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return 30 + ((month + (month >> 3)) & 1);
  }
}
