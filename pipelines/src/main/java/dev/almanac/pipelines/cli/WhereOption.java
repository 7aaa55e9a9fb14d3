package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.Selection;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.RequestException;
import java.util.List;
import picocli.CommandLine.Option;

/** Which runs a command is for, when it takes a filter; mixed into each. */
final class WhereOption {
  static final String RUN_TEXT = "A run: its id, the beginning of one, or its folder.";

  @Option(
      names = "--where",
      paramLabel = "FILTER",
      description =
          "The runs that a filter finds, such as \"state = finished and metrics.validation.mae < 25\".")
  private String where;

  String text() {
    return where;
  }

  /**
   * Runs that are named or that a filter finds, one of the two.
   *
   * @param what is done with them, such as {@code delete}
   */
  Selection either(List<String> runs, String what) throws RequestException {
    if (runs.isEmpty() == (where == null)) {
      throw new RequestException(
          "Cannot %s: name runs, or give --where, one of the two".formatted(what));
    }
    return new Selection(runs, where, null);
  }

  /**
   * Whether something is to be done with what was found: a person who named runs is not asked.
   *
   * @param what is done with them, such as {@code delete}
   */
  boolean isAgreed(Question question, String what, List<String> found, RunFolder folder)
      throws RequestException {
    return where == null
        || found.isEmpty()
        || question.isAgreed(
            "%s %s of %s".formatted(what, Count.of(found.size(), "run"), folder.path()));
  }
}
