package dev.almanac.transforms.storage.match;

import dev.almanac.transforms.problem.ForeseenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of paths, the same on every file system.
 *
 * <p>{@code *} is any characters of a name, {@code ?} one, {@code [abc]} and {@code [a-c]} one of
 * these, {@code [!a-c]} one that is not, <code>{a,b}</code> either (with slashes too), {@code **}
 * zero or more folders, {@code \x} the character x itself. Case counts. Immutable.
 *
 * @param scheme what stands before the first name: {@code s3://}, {@code /}, or nothing
 * @param segments a name each
 */
public record Glob(String scheme, List<GlobSegment> segments) {
  /** More alternatives than anybody writes. */
  private static final int MOST = 1_000;

  private static final String SPECIAL = "*?[]{}\\";

  public Glob {
    segments = List.copyOf(segments);
  }

  /** The pattern that stands for this path alone. */
  public static String literal(String path) {
    StringBuilder escaped = new StringBuilder();
    for (char c : path.toCharArray()) {
      escaped.append(SPECIAL.indexOf(c) < 0 ? "" : "\\").append(c);
    }
    return escaped.toString();
  }

  /** The text with its escapes resolved and all else as it stands. */
  public static String plain(String pattern) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\' && i + 1 < pattern.length()) {
        i++;
      }
      plain.append(pattern.charAt(i));
    }
    return plain.toString();
  }

  /** Whether one of these characters stands in the pattern for more than itself. */
  public static boolean has(String pattern, String characters) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
      } else if (characters.indexOf(pattern.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The patterns without alternatives that a pattern stands for.
   *
   * @throws ForeseenException when it is none
   */
  public static List<Glob> parse(String pattern) throws ForeseenException {
    String scheme = scheme(pattern);
    List<Glob> globs = new ArrayList<>();
    for (String alternative : alternatives(pattern.substring(scheme.length()), pattern)) {
      for (List<String> names : names(alternative)) {
        List<GlobSegment> segments = new ArrayList<>();
        for (String name : names) {
          boolean again =
              name.equals("**")
                  && !segments.isEmpty()
                  && segments.get(segments.size() - 1).isFolders();
          if (!again) {
            segments.add(GlobSegment.parse(name, pattern));
          }
        }
        if (!segments.isEmpty() && segments.get(segments.size() - 1).isFolders()) {
          segments.add(GlobSegment.parse("*", pattern));
        }
        globs.add(new Glob(scheme, segments));
        check(globs.size(), pattern);
      }
    }
    return globs;
  }

  public static String scheme(String path) {
    if (path.startsWith("file:/")) {
      return path.startsWith("file:///") ? "file:///" : "file:/";
    }
    int end = path.indexOf("://");
    if (end > 0 && path.substring(0, end).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
      return path.substring(0, end + 3);
    }
    return path.startsWith("/") ? "/" : "";
  }

  private static void check(int alternatives, String pattern) throws ForeseenException {
    if (alternatives > MOST) {
      throw broken(
          pattern, String.format(Locale.ROOT, "it stands for more than %,d patterns", MOST));
    }
  }

  static ForeseenException broken(String pattern, String why) {
    return new ForeseenException(
        "Cannot read the pattern %s: %s; a \\ before a character takes it as it is"
            .formatted(pattern, why));
  }

  /** The text once for every choice of what stands between braces. */
  private static List<String> alternatives(String text, String pattern) throws ForeseenException {
    int open = -1;
    int depth = 0;
    List<Integer> commas = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        if (++i == text.length()) {
          throw broken(pattern, "it ends in a \\");
        }
      } else if (c == '[') {
        i = GlobSegment.endOfSet(text, i, pattern);
      } else if (c == '{') {
        open = depth++ == 0 ? i : open;
      } else if (c == ',' && depth == 1) {
        commas.add(i);
      } else if (c == '}' && depth > 0 && --depth == 0) {
        String before = text.substring(0, open);
        String after = text.substring(i + 1);
        List<String> all = new ArrayList<>();
        if (commas.isEmpty()) {
          // As in a shell: braces around one thing are characters of the name.
          for (String inside : alternatives(text.substring(open + 1, i), pattern)) {
            for (String rest : alternatives(after, pattern)) {
              all.add(before + "\\{" + inside + "\\}" + rest);
            }
          }
          return all;
        }
        commas.add(i);
        int from = open + 1;
        for (int comma : commas) {
          all.addAll(alternatives(before + text.substring(from, comma) + after, pattern));
          check(all.size(), pattern);
          from = comma + 1;
        }
        return all;
      }
    }
    if (depth > 0) {
      throw broken(pattern, "its '{' is not closed");
    }
    return List.of(text);
  }

  /** The names between slashes, once for every reading of {@code **} inside of a name. */
  private static List<List<String>> names(String text) {
    List<List<String>> all = new ArrayList<>();
    all.add(new ArrayList<>());
    for (String name : text.split("/")) {
      String stars = name.replaceAll("(?<!\\\\)\\*{3,}", "**");
      int at = stars.replaceAll("\\\\.", "xx").indexOf("**");
      if (stars.isEmpty() || stars.equals(".")) {
        continue;
      }
      if (at < 0 || stars.equals("**")) {
        all.forEach(names -> names.add(stars));
        continue;
      }
      String before = stars.substring(0, at);
      String after = stars.substring(at + 2);
      List<List<String>> deeper = new ArrayList<>();
      for (List<String> names : all) {
        List<String> below = new ArrayList<>(names);
        below.addAll(List.of(before + "*", "**", "*" + after.replace("**", "*")));
        deeper.add(below);
      }
      all.forEach(names -> names.add(before + "*" + after.replace("**", "*")));
      all.addAll(deeper);
    }
    return all;
  }
}
