package dev.almanac.training.search;

import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;

/** What a study optimizes. Called from several threads at once when trials run in parallel. */
@FunctionalInterface
public interface Objective {
  /**
   * The run that a trial is going to make, so that the study knows it should it be killed; null
   * when it makes none.
   *
   * @param trial names the run that it made before when it was under way in an earlier process:
   *     {@link #evaluate} goes on with it or adopts it, unless another is returned here
   */
  default String run(Trial trial) throws IOException {
    return trial.runId();
  }

  /**
   * Tries one assignment.
   *
   * @throws InterruptedException when it was stopped from outside: the trial will be run again
   * @throws SearchException when it is not the trial's fault, and others would not do better: the
   *     study ends, and the trial will be run again
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
