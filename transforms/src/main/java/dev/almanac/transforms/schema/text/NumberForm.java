package dev.almanac.transforms.schema.text;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How numbers are written: their decimal point, and what stands between groups of three digits.
 *
 * <p>{@link #STANDARD} is {@link NumberText}'s own grammar. Any other form is that grammar with its
 * own point and, before the point, with separators in well-formed groups or with none at all:
 * {@code 1,234,567.5} and {@code 1234567.5} are numbers, {@code 12,34}, {@code 1234,567} and {@code
 * 0,123} are not. Immutable and thread-safe.
 *
 * @param decimal an ASCII character
 * @param thousands null when there is none
 */
public record NumberForm(char decimal, Character thousands) implements Serializable {
  /** A point, and no separators. */
  public static final NumberForm STANDARD = new NumberForm('.', null);

  private static final int GROUP = 3;

  public NumberForm {
    List<String> problems = problems(decimal, thousands);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read numbers: %s".formatted(String.join("; ", problems)));
    }
  }

  /** What is wrong with such a form. */
  public static List<String> problems(char decimal, Character thousands) {
    List<String> problems = new ArrayList<>();
    if (!isPunctuation(decimal) || decimal == ' ' || decimal >= 0x80) {
      problems.add(
          "the decimal point is an ASCII character and no letter, digit, sign or blank ('%s')"
              .formatted(decimal));
    }
    if (thousands != null && !isPunctuation(thousands)) {
      problems.add(
          "the thousands separator is no letter, digit, sign or line break ('%s')"
              .formatted(thousands));
    }
    if (thousands != null && thousands == decimal) {
      problems.add("decimal point and thousands separator differ ('%s')".formatted(decimal));
    }
    return problems;
  }

  private static boolean isPunctuation(char c) {
    return c >= ' '
        && c != 0x7F
        && c != '+'
        && c != '-'
        && !Character.isLetterOrDigit(c)
        && !Character.isSurrogate(c);
  }

  public boolean isStandard() {
    return decimal == '.' && thousands == null;
  }

  /**
   * The number as {@link NumberText} reads it: without separators, a point in it.
   *
   * @return the bytes themselves when nothing differs; null when the text is no number in this
   *     form; texts such as {@code NaN} come back as they are
   */
  public byte[] standard(byte[] text, int from, int to) {
    byte[] separator =
        thousands == null ? null : thousands.toString().getBytes(StandardCharsets.UTF_8);
    byte[] plain = new byte[to - from];
    int length = 0;
    int at = from;
    if (at < to && (text[at] == '-' || text[at] == '+')) {
      plain[length++] = text[at++];
    }
    int first = at;
    int digits = 0;
    boolean grouped = false;
    for (; at < to; ) {
      if (text[at] >= '0' && text[at] <= '9') {
        if (grouped && digits == GROUP) {
          return null;
        }
        digits++;
        plain[length++] = text[at++];
      } else if (separator != null && startsWith(text, at, to, separator)) {
        boolean wellFormed =
            grouped ? digits == GROUP : digits >= 1 && digits <= GROUP && text[first] != '0';
        if (!wellFormed) {
          return null;
        }
        grouped = true;
        digits = 0;
        at += separator.length;
      } else {
        break;
      }
    }
    if (grouped && digits != GROUP) {
      return null;
    }
    boolean pointed = false;
    for (; at < to; at++) {
      byte b = text[at];
      if (b == decimal && !pointed) {
        pointed = true;
        b = '.';
      } else if (b == '.' || b == decimal) {
        return null;
      }
      plain[length++] = b;
    }
    return length == plain.length ? plain : Arrays.copyOf(plain, length);
  }

  private static boolean startsWith(byte[] text, int at, int to, byte[] sought) {
    return to - at >= sought.length
        && Arrays.equals(text, at, at + sought.length, sought, 0, sought.length);
  }

  /**
   * Reads a 64-bit integer, as {@link NumberText#parseLong}.
   *
   * @return {@link NumberText#NO_LONG} when the text is none
   */
  public long parseLong(byte[] text, int from, int to) {
    if (isStandard()) {
      return NumberText.parseLong(text, from, to);
    }
    byte[] plain = standard(text, from, to);
    return plain == null ? NumberText.NO_LONG : NumberText.parseLong(plain, 0, plain.length);
  }

  /** Reads a number, as {@link NumberText#parseDouble}: NaN when the text is none. */
  public double parseDouble(byte[] text, int from, int to) {
    if (isStandard()) {
      return NumberText.parseDouble(text, from, to);
    }
    byte[] plain = standard(text, from, to);
    return plain == null ? Double.NaN : NumberText.parseDouble(plain, 0, plain.length);
  }

  /** Says what the text is, as {@link NumberText#kind}. */
  public NumberKind kind(byte[] text, int from, int to) {
    if (isStandard()) {
      return NumberText.kind(text, from, to);
    }
    byte[] plain = standard(text, from, to);
    return plain == null ? NumberKind.NONE : NumberText.kind(plain, 0, plain.length);
  }
}
