package dev.almanac.training.search;

import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.util.List;

/** What a study optimizes. Called from several threads at once when trials run in parallel. */
@FunctionalInterface
public interface Objective {
  /** Until a trial's training is over. */
  int TO_ITS_END = Integer.MAX_VALUE;

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
   * Trains a trial from where its run stands until a place, and leaves it so that it can be gone on
   * with. Asked for what was done already, it says what came of it.
   *
   * @param until the last epoch that is trained, or the row groups that are when the study counts
   *     in those; or {@link #TO_ITS_END}
   * @throws InterruptedException when it was stopped from outside: the trial will be run again
   * @throws SearchException when it is not the trial's fault, and others would not do better: the
   *     study ends, and the trial will be run again
   * @throws TrialCancelledException when a person ended it: it is recorded so, and the study goes
   *     on
   * @throws Exception when it failed: the trial is recorded as failed and the study goes on
   */
  Outcome evaluate(Trial trial, int until) throws Exception;

  /**
   * Hears that the study ended a trial which waits, for good: its checkpoint serves nobody any
   * more.
   */
  default void pruned(Trial trial) throws IOException {}

  /**
   * Lets what is being trained write its state and end: {@link #evaluate} then throws an {@link
   * InterruptedException}, as it does when it is called later.
   */
  default void stop() {}

  /**
   * What came of a trial so far.
   *
   * @param reports in ascending order, of all that was trained until now; none when it is not
   *     measured on its way
   * @param ended whether the training is over: all its epochs, or its own patience
   * @param value of the model that it would keep now; null when it was never measured
   * @param runId the run that it made, or null
   */
  record Outcome(List<Report> reports, boolean ended, Double value, String runId) {
    public Outcome {
      reports = List.copyOf(reports);
    }

    /** Of a training that is over and was measured at its end alone. */
    public static Outcome of(double value, String runId) {
      return new Outcome(List.of(), true, value, runId);
    }
  }
}
