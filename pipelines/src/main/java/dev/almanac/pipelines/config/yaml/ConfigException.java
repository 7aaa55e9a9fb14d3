package dev.almanac.pipelines.config.yaml;

import dev.almanac.transforms.problem.RequestException;
import java.util.List;
import java.util.stream.Collectors;

/** A config that cannot be used; holds everything that is wrong with it, in the file's order. */
public final class ConfigException extends RequestException {
  private static final long serialVersionUID = 1L;

  private final transient List<PlacedProblem> problems;

  ConfigException(String file, List<PlacedProblem> problems) {
    super(
        "Cannot use config %s: %s\n%s"
            .formatted(
                file,
                problems.size() == 1 ? "1 problem" : problems.size() + " problems",
                problems.stream()
                    .map(problem -> "  " + problem)
                    .collect(Collectors.joining("\n"))));
    this.problems = List.copyOf(problems);
  }

  public List<PlacedProblem> problems() {
    return problems;
  }
}
