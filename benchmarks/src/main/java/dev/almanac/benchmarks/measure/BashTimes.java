package dev.almanac.benchmarks.measure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What bash's {@code times} prints: two lines of user and system time, its own and its children's.
 */
final class BashTimes {
  private static final Pattern TIME = Pattern.compile("(\\d+)m(\\d+)[.,](\\d+)s");

  private BashTimes() {}

  /** User and system seconds of the children. */
  static double children(String text) {
    double seconds = 0;
    Matcher matcher = TIME.matcher(text);
    for (int i = 0; i < 4; i++) {
      if (!matcher.find()) {
        throw new IllegalArgumentException(
            "Cannot read what bash's times printed (%s)".formatted(text));
      }
      if (i >= 2) {
        seconds +=
            60 * Integer.parseInt(matcher.group(1))
                + Double.parseDouble(matcher.group(2) + "." + matcher.group(3));
      }
    }
    return seconds;
  }
}
