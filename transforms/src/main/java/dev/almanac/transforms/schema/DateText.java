package dev.almanac.transforms.schema;

/** Reads the date forms from bytes; every method gives {@link DateForm#NO_DATE} for no date. */
final class DateText {
  private static final long NO_DATE = DateForm.NO_DATE;

  /** The first of the years that two digits mean; the others follow. */
  private static final int FIRST_SHORT_YEAR = 1969;

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

  static long monthFirst(byte[] text, int from, int to, int yearDigits) {
    int monthEnd = end(text, from, to, '/');
    int dayEnd = monthEnd < 0 ? -1 : end(text, monthEnd + 1, to, '/');
    if (dayEnd < 0) {
      return NO_DATE;
    }
    return day(
        year(text, dayEnd + 1, to, yearDigits),
        oneOrTwo(text, from, monthEnd),
        oneOrTwo(text, monthEnd + 1, dayEnd));
  }

  /** Where the separator stands after one digit or two, or -1. */
  private static int end(byte[] text, int from, int to, char separator) {
    if (from + 1 < to && text[from + 1] == separator) {
      return from + 1;
    }
    return from + 2 < to && text[from + 2] == separator ? from + 2 : -1;
  }

  private static int year(byte[] text, int from, int to, int digits) {
    if (to - from != digits) {
      return -1;
    }
    if (digits == 4) {
      return four(text, from);
    }
    int year = two(text, from);
    return year < 0 ? -1 : FIRST_SHORT_YEAR + Math.floorMod(year - FIRST_SHORT_YEAR, 100);
  }

  private static int oneOrTwo(byte[] text, int from, int to) {
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

  private static boolean isBelow(int value, int limit) {
    return value >= 0 && value < limit;
  }

  /** Days since 1970-01-01 of a date that may not exist. */
  private static long day(int year, int month, int day) {
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
