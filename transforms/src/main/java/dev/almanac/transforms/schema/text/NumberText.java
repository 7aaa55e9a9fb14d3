package dev.almanac.transforms.schema.text;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Numbers as source files write them, read from bytes without a String.
 *
 * <p>An integer is an optional sign and ASCII digits; a decimal has digits before or after a point
 * (or both) and may end in an exponent: {@code 17}, {@code +3}, {@code .5}, {@code 5.}, {@code
 * -1.5e-7}. Nothing else is a number: no blanks (callers trim), no hexadecimal, no type suffix, no
 * separators of thousands. What is read equals {@link Double#parseDouble} bit for bit.
 */
public final class NumberText {
  /** What {@link #parseLong} gives for a text that is no 64-bit integer. */
  public static final long NO_LONG = Long.MIN_VALUE;

  private static final Set<String> NOT_FINITE = Set.of("nan", "inf", "infinity");
  private static final int LONGEST_NOT_FINITE = 9;

  /** 10^0 to 10^22: the powers of ten that binary64 holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** The digits of the least 64-bit integer. */
  private static final byte[] LEAST_LONG =
      "9223372036854775808".getBytes(StandardCharsets.US_ASCII);

  private static final int LARGEST_POWER = 22;

  /** Digits that fit a long whatever they are. */
  private static final int SAFE_DIGITS = 18;

  /** Integers up to here are exact in binary64. */
  private static final long LARGEST_EXACT = 1L << 53;

  /** An exponent past this decides the value alone; larger ones are not told apart. */
  private static final int EXPONENT_CAP = 1_000_000;

  private NumberText() {}

  /**
   * Reads a 64-bit integer.
   *
   * @return {@link #NO_LONG} when the text is none; as that is also the least integer, {@link
   *     #kind} tells the two apart
   */
  public static long parseLong(byte[] text, int from, int to) {
    int at = from;
    boolean negative = false;
    if (at < to && (text[at] == '-' || text[at] == '+')) {
      negative = text[at] == '-';
      at++;
    }
    if (at == to) {
      return NO_LONG;
    }
    if (to - at > SAFE_DIGITS) {
      return parseLongDigits(text, at, to, negative);
    }
    long value = 0;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        return NO_LONG;
      }
      value = 10 * value + digit;
    }
    return negative ? -value : value;
  }

  /** Any number of digits, leading zeros among them. */
  private static long parseLongDigits(byte[] text, int from, int to, boolean negative) {
    long value = 0; // Kept negative: the range of negative numbers is the larger one.
    for (int at = from; at < to; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
        return NO_LONG;
      }
      value *= 10;
      if (value < Long.MIN_VALUE + digit) {
        return NO_LONG;
      }
      value -= digit;
    }
    if (negative) {
      return value;
    }
    return value == Long.MIN_VALUE ? NO_LONG : -value;
  }

  /**
   * Reads a number, correctly rounded.
   *
   * @return NaN when the text is no number; an infinity when it is one beyond binary64
   */
  public static double parseDouble(byte[] text, int from, int to) {
    int at = from;
    boolean negative = false;
    if (at < to && (text[at] == '-' || text[at] == '+')) {
      negative = text[at] == '-';
      at++;
    }
    long mantissa = 0; // Wraps around past 19 digits, and is not used then.
    int first = at;
    while (at < to && isDigit(text[at])) {
      mantissa = 10 * mantissa + (text[at] - '0');
      at++;
    }
    int digits = at - first;
    int fraction = 0;
    if (at < to && text[at] == '.') {
      at++;
      int point = at;
      while (at < to && isDigit(text[at])) {
        mantissa = 10 * mantissa + (text[at] - '0');
        at++;
      }
      fraction = at - point;
      digits += fraction;
    }
    if (digits == 0) {
      return Double.NaN;
    }
    int exponent = 0;
    if (at < to) {
      if ((text[at] | 0x20) != 'e') {
        return Double.NaN;
      }
      at++;
      boolean down = false;
      if (at < to && (text[at] == '-' || text[at] == '+')) {
        down = text[at] == '-';
        at++;
      }
      if (at == to) {
        return Double.NaN;
      }
      for (; at < to; at++) {
        if (!isDigit(text[at])) {
          return Double.NaN;
        }
        exponent = Math.min(EXPONENT_CAP, 10 * exponent + (text[at] - '0'));
      }
      exponent = down ? -exponent : exponent;
    }
    int power = exponent - fraction;
    if (digits <= SAFE_DIGITS
        && mantissa <= LARGEST_EXACT
        && power >= -LARGEST_POWER
        && power <= LARGEST_POWER) {
      // Both operands are exact, so the one rounding is the correct one.
      double value = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
      return negative ? -value : value;
    }
    return JavaDoubleParser.parseDouble(text, from, to - from);
  }

  /** Says what the text is; slower than the two parsers, for the texts they refuse. */
  public static NumberKind kind(byte[] text, int from, int to) {
    int digits = from;
    if (digits < to && (text[digits] == '-' || text[digits] == '+')) {
      digits++;
    }
    boolean integer = digits < to;
    for (int at = digits; at < to && integer; at++) {
      integer = isDigit(text[at]);
    }
    if (integer && (parseLong(text, from, to) != NO_LONG || isLeastLong(text, from, digits, to))) {
      return NumberKind.INTEGER;
    }
    double value = parseDouble(text, from, to);
    if (Double.isInfinite(value)) {
      return NumberKind.OVERFLOW;
    }
    if (!Double.isNaN(value)) {
      return integer ? NumberKind.LARGE_INTEGER : NumberKind.DECIMAL;
    }
    return isNotFinite(text, digits, to) ? NumberKind.NOT_FINITE : NumberKind.NONE;
  }

  private static boolean isLeastLong(byte[] text, int from, int digits, int to) {
    int at = digits;
    while (at < to && text[at] == '0') {
      at++;
    }
    return text[from] == '-' && Arrays.equals(text, at, to, LEAST_LONG, 0, LEAST_LONG.length);
  }

  private static boolean isNotFinite(byte[] text, int from, int to) {
    return to - from <= LONGEST_NOT_FINITE
        && NOT_FINITE.contains(
            new String(text, from, to - from, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT));
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
