package dev.almanac.transforms.schema.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Dates whose month is a name: {@code 2 Jan 2019}, {@code 02-Jan-19}, {@code Wed, 02 Jan 2019
 * 10:00:00 GMT}, {@code January 2, 2019}.
 *
 * <p>Names are English, whole or their first three letters (and {@code Sept}), in any case. Blanks,
 * a dash, a slash or a point stand between the parts, and a comma before a blank.
 */
final class NamedMonth {
  private static final long NO_DATE = DateForm.NO_DATE;

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private static final List<String> WEEKDAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private static final int LONGEST_NAME = 9;

  /** The month that some write with four letters. */
  private static final int SEPTEMBER = 8;

  /** A bit for three letters with which a name begins: few words do. */
  private static final long[] BEGINNINGS = beginnings();

  private NamedMonth() {}

  private static long[] beginnings() {
    long[] bits = new long[1 << 9];
    for (List<String> names : List.of(MONTHS, WEEKDAYS)) {
      for (String name : names) {
        int letters = letters(name.getBytes(StandardCharsets.US_ASCII), 0);
        bits[letters >> 6] |= 1L << letters;
      }
    }
    return bits;
  }

  /** Three letters in five bits each, whatever their case. */
  private static int letters(byte[] text, int at) {
    return (text[at] & 0x1F) << 10 | (text[at + 1] & 0x1F) << 5 | text[at + 2] & 0x1F;
  }

  /** Whether a text may begin with a month or a weekday: no date of these forms begins else. */
  static boolean mayBegin(byte[] text, int from, int to) {
    if (to - from < 3 || !isLetter(text[from])) {
      return false;
    }
    int letters = letters(text, from);
    return (BEGINNINGS[letters >> 6] & 1L << letters) != 0;
  }

  /** Whether a month may stand behind a day that ends here. */
  static boolean mayFollow(byte[] text, int dayEnd, int to) {
    int name = separator(text, dayEnd, to);
    return mayBegin(text, name, to);
  }

  static String shortName(int month) {
    String name = MONTHS.get(month - 1);
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1, 3);
  }

  static long dayFirst(byte[] text, int from, int to, int yearDigits) {
    int day = skipWeekday(text, from, to);
    int dayEnd = digits(text, day, to);
    int name = separator(text, dayEnd, to);
    int nameEnd = letters(text, name, to);
    int year = separator(text, nameEnd, to);
    int yearEnd = digits(text, year, to);
    if (name == dayEnd || year == nameEnd || !endsOrTime(text, yearEnd, to)) {
      return NO_DATE;
    }
    return DateText.day(
        DateText.year(text, year, yearEnd, yearDigits),
        index(MONTHS, text, name, nameEnd) + 1,
        DateText.oneOrTwo(text, day, dayEnd));
  }

  static long monthFirst(byte[] text, int from, int to) {
    int name = skipWeekday(text, from, to);
    int nameEnd = letters(text, name, to);
    int day = separator(text, nameEnd, to);
    int dayEnd = digits(text, day, to);
    int year = separator(text, dayEnd, to);
    int yearEnd = digits(text, year, to);
    if (day == nameEnd || year == dayEnd || !endsOrTime(text, yearEnd, to)) {
      return NO_DATE;
    }
    return DateText.day(
        DateText.year(text, year, yearEnd, 4),
        index(MONTHS, text, name, nameEnd) + 1,
        DateText.oneOrTwo(text, day, dayEnd));
  }

  private static boolean endsOrTime(byte[] text, int end, int to) {
    return end == to || DateText.isTime(text, end, to);
  }

  private static int skipWeekday(byte[] text, int from, int to) {
    int end = letters(text, from, to);
    if (end == from || index(WEEKDAYS, text, from, end) < 0) {
      return from;
    }
    return separator(text, end, to);
  }

  private static int digits(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }

  private static int letters(byte[] text, int from, int to) {
    int at = from;
    while (at < to && isLetter(text[at])) {
      at++;
    }
    return at;
  }

  /** Behind a separator; where it would begin when there is none. */
  private static int separator(byte[] text, int from, int to) {
    int at = from;
    if (at < to && (text[at] == ',' || text[at] == '.')) {
      at++;
      boolean comma = text[at - 1] == ',';
      if (at < to && text[at] == ' ') {
        return at + 1;
      }
      return comma ? from : at;
    }
    if (at < to && (text[at] == ' ' || text[at] == '-' || text[at] == '/')) {
      at++;
    }
    return at;
  }

  /** Which of the names a stretch of letters is, or -1; a name may be its first three letters. */
  private static int index(List<String> names, byte[] text, int from, int to) {
    int length = to - from;
    if (length < 3 || length > LONGEST_NAME) {
      return -1;
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean whole = length == 3 || length == name.length() || length == 4 && i == SEPTEMBER;
      if (whole && length <= name.length() && begins(name, text, from, to)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether letters are the first of a name, whatever their case. */
  private static boolean begins(String name, byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if ((text[at] | 0x20) != name.charAt(at - from)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }
}
