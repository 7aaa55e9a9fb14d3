package dev.almanac.pipelines.config.yaml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Where each path of a config was written. */
public final class Places {
  private final String file;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<String> options = new HashSet<>();

  Places(String file) {
    this.file = file;
  }

  Places copy() {
    Places copy = new Places(file);
    copy.lines.putAll(lines);
    copy.options.addAll(options);
    return copy;
  }

  public String file() {
    return file;
  }

  void line(String path, int line) {
    lines.put(path, line);
  }

  /** The line of a path that was written; 0 for one that was not. */
  int line(String path) {
    return lines.getOrDefault(path, 0);
  }

  /** From now on this path, and what is below it, comes from the command line. */
  void option(String path) {
    options.add(path);
  }

  /** A problem at the nearest path above that was written somewhere. */
  Problem problem(String path, String message) {
    for (String at = path; ; at = above(at)) {
      if (options.contains(at)) {
        return new Problem("--set", 0, path, message);
      }
      Integer line = lines.get(at);
      if (line != null) {
        return new Problem(file + ":" + line, line, path, message);
      }
      if (at.isEmpty()) {
        return new Problem(file, 0, path, message);
      }
    }
  }

  private static String above(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
