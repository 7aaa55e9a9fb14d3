package dev.almanac.training.run;

/**
 * How far a run has come. Each change is a new state, so that what went before is seen in one
 * place.
 *
 * @param reason why it failed, is lost, pruned or cancelled, for a person; null otherwise
 * @param created when, as an ISO-8601 instant in UTC
 * @param finished likewise; null unless it ended, and when nobody saw it end
 */
public record RunState(RunStatus status, String reason, String created, String finished) {
  /** Of a run that begins. */
  public static RunState begun(String when) {
    return new RunState(RunStatus.RUNNING, null, when, null);
  }

  RunState running() {
    return new RunState(RunStatus.RUNNING, null, created, null);
  }

  /** Has written its checkpoint and trains no more. */
  RunState resting(RunStatus as) {
    return new RunState(as, null, created, finished);
  }

  RunState lost(String why) {
    return new RunState(RunStatus.LOST, why, created, finished);
  }

  RunState ended(RunStatus as, String when, String why) {
    return new RunState(as, why, created, when);
  }
}
