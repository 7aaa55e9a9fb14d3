package dev.almanac.pipelines.config.yaml;

import dev.almanac.transforms.problem.Problem;

/**
 * One thing wrong with a config, and where it was written.
 *
 * @param place file and line, or the option
 * @param line in the file, from 1; 0 when it is in no file
 * @param problem at the path of the key, such as {@code train.batch-size}
 */
public record PlacedProblem(String place, int line, Problem problem) {
  @Override
  public String toString() {
    return place + ": " + problem;
  }
}
