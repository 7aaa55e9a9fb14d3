package dev.almanac.pipelines.cli;

/** What commands say of the run that they are given. */
final class RunOption {
  static final String TEXT =
      "The run: its id, the beginning of one, or a run's folder (default: the one that `runs promote` pinned, or else the one that `run`, `train` or `search` ended with last: "
          + "a search's winner, of repeats the one with the lowest validation loss).";

  private RunOption() {}
}
