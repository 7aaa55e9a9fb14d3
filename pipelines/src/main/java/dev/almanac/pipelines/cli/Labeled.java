package dev.almanac.pipelines.cli;

import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.problem.Count;
import java.util.Map;

/** What commands say that write on runs. */
final class Labeled {
  private Labeled() {}

  /**
   * Which runs were written on, and what stands on them.
   *
   * @param did such as {@code Tagged}
   */
  static Result result(String did, Map<String, Labels> labels) {
    StringBuilder text = new StringBuilder();
    text.append("%s %s%n".formatted(did, Count.of(labels.size(), "run")));
    return Result.of(text.toString()).with("count", labels.size()).with("runs", labels);
  }
}
