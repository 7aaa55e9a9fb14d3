package dev.almanac.transforms.encode;

import dev.almanac.transforms.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The name of a column that says whether a cell has a category: {@code COLUMN=category}.
 *
 * <p>Different categories have different names, of one printable line: what cannot be seen, and the
 * backslash, is written as an escape of four hexadecimal digits, and a long text is cut and ended
 * by the beginning of its sha-256.
 */
final class IndicatorName {
  /** The longest text that is not cut, in UTF-16 units. */
  private static final int LONGEST = 100;

  private static final int HASH_DIGITS = 12;

  private IndicatorName() {}

  static String of(String column, String category) {
    if (category.length() <= LONGEST) {
      return column + "=" + printable(category);
    }
    int end = Character.isHighSurrogate(category.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    String hash = Json.sha256(category.getBytes(StandardCharsets.UTF_8));
    return "%s=%s~%s"
        .formatted(column, printable(category.substring(0, end)), hash.substring(0, HASH_DIGITS));
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '\\' || isUnseen(unit)) {
        printable.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
      } else {
        printable.append(unit);
      }
    }
    return printable.toString();
  }

  /**
   * Control characters, separators of lines, and marks without width that turn text about. A list
   * of our own: what Java knows of characters differs from JDK to JDK.
   */
  private static boolean isUnseen(char unit) {
    return unit < ' '
        || unit >= 0x7f && unit <= 0x9f
        || unit >= 0x200b && unit <= 0x200f
        || unit >= 0x2028 && unit <= 0x202e
        || unit >= 0x2060 && unit <= 0x2069
        || unit == 0xfeff;
  }
}
