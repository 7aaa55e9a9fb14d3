package dev.almanac.transforms.problem;

/**
 * Texts of files and people made safe for a message: characters that would move a terminal's
 * cursor, change its colours, hide text or turn its direction are written as escapes such as {@code
 * \\u001b}, and very long text is cut with a count.
 */
public final class Printable {
  /** Longest message, in UTF-16 code units: what a person scrolls through. */
  private static final int LONGEST_MESSAGE = 20_000;

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Printable() {}

  /** One line: line breaks are escaped, too. */
  public static String line(String text) {
    return escaped(text, false);
  }

  /** At most so many UTF-16 code units of a text in one line, then how many more there are. */
  public static String line(String text, int most) {
    if (text.length() <= most) {
      return line(text);
    }
    return "%s... (%s characters more)"
        .formatted(line(text.substring(0, end(text, most))), text.length() - end(text, most));
  }

  /** A message of one line or more, bounded. */
  public static String message(String text) {
    if (text.length() <= LONGEST_MESSAGE) {
      return escaped(text, true);
    }
    int end = end(text, LONGEST_MESSAGE);
    return "%s... (%s characters more)"
        .formatted(escaped(text.substring(0, end), true), text.length() - end);
  }

  private static int end(String text, int most) {
    return most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
  }

  private static String escaped(String text, boolean lines) {
    int at = 0;
    while (at < text.length() && isPlain(text, at, lines)) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, at);
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (isPlain(text, at, lines)) {
        escaped.append(c);
      } else {
        switch (c) {
          case '\n' -> escaped.append("\\n");
          case '\r' -> escaped.append("\\r");
          case '\t' -> escaped.append("\\t");
          default -> {
            escaped.append("\\u");
            for (int bits = 12; bits >= 0; bits -= 4) {
              escaped.append(HEX[c >> bits & 15]);
            }
          }
        }
      }
    }
    return escaped.toString();
  }

  private static boolean isPlain(String text, int at, boolean lines) {
    char c = text.charAt(at);
    if (c >= ' ' && c < 0x7F) {
      return true;
    }
    if (lines && (c == '\n' || c == '\t')) {
      return true;
    }
    // The line separator that %n gives on Windows.
    if (lines && c == '\r') {
      return at + 1 < text.length() && text.charAt(at + 1) == '\n';
    }
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
