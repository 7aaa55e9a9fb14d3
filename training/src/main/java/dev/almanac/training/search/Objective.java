package dev.almanac.training.search;

/** What a study optimizes. Called from several threads at once when trials run in parallel. */
@FunctionalInterface
public interface Objective {
  /**
   * Tries one assignment.
   *
   * @throws InterruptedException when it was stopped from outside: the trial will be run again
   * @throws Exception when it failed: the trial is recorded as failed and the study goes on
   */
  Outcome evaluate(Trial trial) throws Exception;

  /**
   * What came of a trial.
   *
   * @param runId the run that it made, or null
   */
  record Outcome(double value, String runId) {}
}
