package dev.almanac.pipelines.cli;

import picocli.CommandLine.Option;

/** Whether an evaluation also measures how much each column matters. */
final class ImportanceOption {
  @Option(
      names = "--no-importance",
      description =
          "Does not measure the importance of columns on up to 50,000 rows of the test split, which takes some seconds, and minutes with a large model.")
  private boolean without;

  boolean isAsked() {
    return !without;
  }
}
