package dev.almanac.transforms.storage.match;

import dev.almanac.transforms.problem.ForeseenException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The part of a pattern for one name of a path.
 *
 * @param text of the pattern
 * @param name it stands for, when that is one alone; else null
 * @param regex for others; null when {@code name} is not, and for any number of folders
 * @param anyCase the same where upper and lower case do not count
 * @param beam a pattern of Beam's file systems that matches at least the same names
 */
public record GlobSegment(String text, String name, Pattern regex, Pattern anyCase, String beam) {
  private static final String FOLDERS = "**";

  /** What Beam's file systems take for more than itself: some of them in each. */
  private static final String BEAM = "*?[]{}\\";

  static GlobSegment literal(String name) {
    return new GlobSegment(Glob.literal(name), name, null, null, beam(name));
  }

  /** A name for Beam: where it could be a pattern, one that it matches. */
  static String beam(String name) {
    StringBuilder beam = new StringBuilder();
    for (char c : name.toCharArray()) {
      beam.append(BEAM.indexOf(c) < 0 ? c : '?');
    }
    return beam.toString();
  }

  /** A path for Beam, which takes these characters for patterns wherever they stand. */
  public static String beamPath(String path) {
    return path.matches(".*[*?\\[].*") || path.startsWith("hdfs:") ? beam(path) : path;
  }

  /**
   * @param text between two slashes
   * @param pattern the whole one, for messages
   */
  static GlobSegment parse(String text, String pattern) throws ForeseenException {
    if (text.equals(FOLDERS)) {
      return new GlobSegment(text, null, null, null, FOLDERS);
    }
    if (!Glob.has(text, "*?[")) {
      return literal(Glob.plain(text));
    }
    StringBuilder regex = new StringBuilder();
    StringBuilder beam = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> {
          regex.append(".*");
          beam.append('*');
        }
        case '?' -> {
          regex.append('.');
          beam.append('?');
        }
        case '[' -> {
          int end = endOfSet(text, i, pattern);
          regex.append(set(text.substring(i + 1, end), pattern));
          beam.append('?');
          i = end;
        }
        default -> {
          if (c == '\\') {
            c = text.charAt(++i);
          }
          regex.append(Character.isLetterOrDigit(c) || c > 127 ? "" : "\\").append(c);
          beam.append(BEAM.indexOf(c) < 0 ? c : '?');
        }
      }
    }
    String composed = Normalizer.normalize(regex, Normalizer.Form.NFC);
    return new GlobSegment(
        text,
        null,
        Pattern.compile(composed, Pattern.DOTALL),
        Pattern.compile(composed, Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
        beam.toString());
  }

  /** Where a set of characters that begins at {@code open} ends. */
  static int endOfSet(String text, int open, String pattern) throws ForeseenException {
    int i = open + 1;
    if (i < text.length() && (text.charAt(i) == '!' || text.charAt(i) == '^')) {
      i++;
    }
    for (int first = i; i < text.length() && text.charAt(i) != '/'; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == ']' && i > first) {
        return i;
      }
    }
    throw Glob.broken(pattern, "its '[' is not closed");
  }

  private static String set(String inside, String pattern) throws ForeseenException {
    boolean not = inside.startsWith("!") || inside.startsWith("^");
    int[] characters = inside.substring(not ? 1 : 0).codePoints().toArray();
    StringBuilder set = new StringBuilder(not ? "[^" : "[");
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] == '\\' && i + 1 < characters.length) {
        i++;
      }
      int from = characters[i];
      int to = from;
      if (i + 2 < characters.length && characters[i + 1] == '-') {
        i += 2;
        if (characters[i] == '\\' && i + 1 < characters.length) {
          i++;
        }
        to = characters[i];
      }
      if (to < from) {
        throw Glob.broken(
            pattern,
            "the range %s-%s is empty".formatted(Character.toString(from), Character.toString(to)));
      }
      set.append(String.format(Locale.ROOT, "\\x{%x}-\\x{%x}", from, to));
    }
    return set.append(']').toString();
  }

  /** Whether it stands for any number of folders. */
  public boolean isFolders() {
    return name == null && regex == null;
  }

  boolean matches(String candidate) {
    if (regex == null) {
      return candidate.equals(name);
    }
    // The same letters may be composed or not, as macOS writes them.
    return regex.matcher(candidate).matches()
        || regex.matcher(Normalizer.normalize(candidate, Normalizer.Form.NFC)).matches();
  }

  /** Whether it would match if upper and lower case did not count. */
  boolean matchesInAnyCase(String candidate) {
    String composed = Normalizer.normalize(candidate, Normalizer.Form.NFC);
    return name != null
        ? name.equalsIgnoreCase(composed)
        : anyCase != null && anyCase.matcher(composed).matches();
  }

  /** Whether a marker or hidden file that matches is meant: the sign that makes it one is named. */
  boolean means(String candidate) {
    return name != null
        || text.charAt(0) == candidate.charAt(0) && ".~_".indexOf(text.charAt(0)) >= 0
        || candidate.endsWith(".crc") && text.endsWith(".crc");
  }
}
