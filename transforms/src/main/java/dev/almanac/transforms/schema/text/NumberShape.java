package dev.almanac.transforms.schema.text;

/**
 * What a text is as a number, by one look at its bytes and without its value: integers of few
 * digits, decimals without an exponent, and texts that begin as no number does are told at once.
 */
public enum NumberShape {
  /** A sign or none, and so few digits that they fit 64 bits. */
  INTEGER,
  /** Digits and a point, so few that the value is finite. */
  DECIMAL,
  /** No number, and neither {@code NaN} nor an infinity. */
  NONE,
  /** To be read to be known. */
  UNSURE;

  private static final int SAFE_DIGITS = 18;

  /** Decimals of so many bytes are far below the largest double. */
  private static final int LONGEST_FINITE = 300;

  public static NumberShape of(byte[] text, int from, int to) {
    int at = from;
    if (at < to && (text[at] == '-' || text[at] == '+')) {
      at++;
    }
    int first = at;
    while (at < to && isDigit(text[at])) {
      at++;
    }
    int digits = at - first;
    if (at == to) {
      return digits == 0 ? NONE : digits <= SAFE_DIGITS ? INTEGER : UNSURE;
    }
    int next = text[at];
    if (next == '.') {
      at++;
      int point = at;
      while (at < to && isDigit(text[at])) {
        at++;
      }
      digits += at - point;
      if (at == to) {
        return digits == 0 ? NONE : to - from <= LONGEST_FINITE ? DECIMAL : UNSURE;
      }
      next = text[at];
    } else if (digits == 0) {
      return mayBeNotFinite(text, from, to) ? UNSURE : NONE;
    }
    return digits > 0 && (next | 0x20) == 'e' ? UNSURE : NONE;
  }

  /** Whether a text begins as {@code NaN} or {@code inf} does, behind a sign or none. */
  public static boolean mayBeNotFinite(byte[] text, int from, int to) {
    int at = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    if (to - at < 3) {
      return false;
    }
    int first = text[at] | 0x20;
    int second = text[at + 1] | 0x20;
    int third = text[at + 2] | 0x20;
    return first == 'n' && second == 'a' && third == 'n'
        || first == 'i' && second == 'n' && third == 'f';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
