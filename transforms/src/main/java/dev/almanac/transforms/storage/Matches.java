package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.match.Glob;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The result of a path or pattern in a config: every file that matches is read, left out for a
 * reason, or a problem.
 *
 * <p>A path that exists is taken as it is written, whatever characters are in it. A folder stands
 * for the files in it, at any depth. Markers and hidden files are left out unless their name is
 * written out, and so is a file that is reached again through a linked folder.
 *
 * @param files sorted by path, each once
 * @param leftOut path to reason, sorted
 * @param otherCase local files beside that would match if upper and lower case did not count,
 *     sorted
 * @param problems what must be put right first, each naming its path, sorted
 */
public record Matches(
    List<StoredFile> files,
    Map<String, String> leftOut,
    List<String> otherCase,
    List<String> problems) {
  public Matches {
    files = List.copyOf(files);
    leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
    otherCase = List.copyOf(otherCase);
    problems = List.copyOf(problems);
  }

  /**
   * What one path or pattern names.
   *
   * @throws ForeseenException when it is no pattern, or of a file system that nobody serves
   */
  public static Matches of(String pattern) throws IOException {
    if (pattern.isBlank()) {
      throw new ForeseenException("Cannot find files: the path is blank ('%s')".formatted(pattern));
    }
    Storage.checkServed(pattern);
    String written = asWritten(pattern);
    return Storage.isLocal(pattern)
        ? LocalMatches.of(Glob.parse(written), MatchRules.SOURCES)
        : RemoteMatches.of(Glob.parse(written), MatchRules.SOURCES);
  }

  /** What several name together. */
  public static Matches all(Collection<Matches> each) {
    TreeMap<String, StoredFile> files = new TreeMap<>();
    TreeMap<String, String> leftOut = new TreeMap<>();
    TreeSet<String> otherCase = new TreeSet<>();
    for (Matches matches : each) {
      matches.files.forEach(file -> files.put(file.path(), file));
      leftOut.putAll(matches.leftOut);
      otherCase.addAll(matches.otherCase);
    }
    leftOut.keySet().removeAll(files.keySet());
    otherCase.removeAll(files.keySet());
    otherCase.removeAll(leftOut.keySet());
    return new Matches(
        List.copyOf(files.values()),
        leftOut,
        List.copyOf(otherCase),
        each.stream().flatMap(matches -> matches.problems.stream()).distinct().sorted().toList());
  }

  /** The text of a path as a pattern that stands for it alone. */
  public static String literal(String path) {
    return Glob.literal(path);
  }

  /** The pattern with every folder, or the whole path, that exists as it is written escaped. */
  private static String asWritten(String pattern) throws IOException {
    if (!Glob.has(pattern, "[{")) {
      return pattern;
    }
    if (!Glob.has(pattern, "*?") && Storage.isThere(Glob.plain(pattern))) {
      return Glob.literal(Glob.plain(pattern));
    }
    int done = Glob.scheme(pattern).length();
    String escaped = pattern.substring(0, done);
    for (int slash = pattern.indexOf('/', done); slash >= 0; slash = pattern.indexOf('/', done)) {
      String name = pattern.substring(done, slash);
      if (Glob.has(name, "*?")) {
        break;
      }
      String plain = Glob.literal(Glob.plain(name));
      if (Glob.has(name, "[{") && !Storage.isThere(Glob.plain(escaped + plain))) {
        break;
      }
      escaped += plain + "/";
      done = slash + 1;
    }
    return escaped + pattern.substring(done);
  }
}
