package dev.almanac.training.run.find;

import java.util.regex.Pattern;

/**
 * A fact of a run: a number or a text, whichever is not null.
 *
 * @param number may be NaN, which is less than, equal to and greater than no number
 * @param text of a time as an ISO-8601 instant in UTC, of a truth value {@code true} or {@code
 *     false}, of a list its JSON
 */
public record Value(Double number, String text) {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  public static Value of(double number) {
    return new Value(number, null);
  }

  public static Value of(String text) {
    return new Value(null, text);
  }

  /** As a person writes it: a whole number without a point. */
  public String shown() {
    if (number == null) {
      return text;
    }
    double value = number;
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** The number itself, or the one that the text spells; null when it is none. */
  Double spelled() {
    return number != null ? number : numberOf(text);
  }

  /** The number that a text spells in digits; null when it spells none. */
  static Double numberOf(String text) {
    return NUMBER.matcher(text).matches() ? Double.valueOf(text) : null;
  }

  /** By code points, whatever the locale. */
  static int compare(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length()) {
      int left = a.codePointAt(i);
      int right = b.codePointAt(i);
      if (left != right) {
        return Integer.compare(left, right);
      }
      i += Character.charCount(left);
    }
    return Integer.compare(a.length(), b.length());
  }
}
