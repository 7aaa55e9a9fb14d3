package dev.almanac.pipelines.config.yaml;

import dev.almanac.transforms.problem.Problem;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where each path of a config was written. */
public final class Places {
  private final String file;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<Problem, Integer> repeats = new HashMap<>();
  private final Set<String> options = new HashSet<>();

  Places(String file) {
    this.file = file;
  }

  Places copy() {
    Places copy = new Places(file);
    copy.lines.putAll(lines);
    copy.repeats.putAll(repeats);
    copy.options.addAll(options);
    return copy;
  }

  public String file() {
    return file;
  }

  void line(String path, int line) {
    lines.put(path, line);
  }

  /** The line of a problem, where it is not that of its path. */
  void line(Problem problem, int line) {
    repeats.putIfAbsent(problem, line);
  }

  /** The line of a path that was written; 0 for one that was not. */
  int line(String path) {
    return lines.getOrDefault(path, 0);
  }

  /** From now on this path, and what is below it, comes from the command line. */
  void option(String path) {
    options.add(path);
  }

  /** Each problem at the nearest path above that was written somewhere, in the file's order. */
  public List<PlacedProblem> placed(List<Problem> problems) {
    return problems.stream()
        .map(this::placed)
        .sorted(Comparator.comparingInt(PlacedProblem::line))
        .toList();
  }

  private PlacedProblem placed(Problem problem) {
    for (String at = problem.path(); ; at = above(at)) {
      if (options.contains(at)) {
        return new PlacedProblem("--set", 0, problem);
      }
      Integer line = repeats.getOrDefault(problem, lines.get(at));
      if (line != null) {
        return new PlacedProblem(file + ":" + line, line, problem);
      }
      if (at.isEmpty()) {
        return new PlacedProblem(file, 0, problem);
      }
    }
  }

  private static String above(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
