package dev.almanac.transforms.schema.text;

import java.nio.charset.StandardCharsets;

/**
 * Whether the text of a number comes back from the number: {@code 501} does, {@code 00501}, {@code
 * +1}, {@code 1E1} and {@code 1.10} do not.
 *
 * <p>An integer comes back in decimal, a double in Java's form, as categories and kept columns have
 * them.
 */
public final class ExactText {
  /** Decimals of so many digits are the shortest text of their double. */
  private static final int SAFE_DIGITS = 15;

  private static final int LARGEST_PLAIN_DIGITS = 7;

  private ExactText() {}

  /** Of a text that is a 64-bit integer. */
  public static boolean isLong(byte[] text, int from, int to) {
    int at = from;
    if (text[at] == '-') {
      at++;
      if (text[at] == '0') {
        return false;
      }
    }
    return text[at] != '+' && (text[at] != '0' || to - at == 1);
  }

  /** Of a text that is a finite double. */
  public static boolean isDouble(byte[] text, int from, int to) {
    int at = text[from] == '-' ? from + 1 : from;
    int first = at;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    int whole = at - first;
    if (whole == 0 || at == to || text[at] != '.') {
      return at < to && isSlow(text, from, to);
    }
    int fraction = to - at - 1;
    int digits = at + 1;
    while (digits < to && text[digits] >= '0' && text[digits] <= '9') {
      digits++;
    }
    boolean plain =
        digits == to
            && fraction > 0
            && whole + fraction <= SAFE_DIGITS
            && whole <= LARGEST_PLAIN_DIGITS
            && (text[first] != '0' || whole == 1 && text[at + 1] != '0')
            && (text[to - 1] != '0' || fraction == 1);
    return plain || isSlow(text, from, to);
  }

  private static boolean isSlow(byte[] text, int from, int to) {
    double value = NumberText.parseDouble(text, from, to);
    return Double.toString(value + 0.0)
        .equals(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
  }
}
