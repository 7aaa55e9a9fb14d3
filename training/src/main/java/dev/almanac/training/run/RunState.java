package dev.almanac.training.run;

/**
 * How far a run has come. Each change is a new state, so that nothing of an earlier attempt stays.
 *
 * @param reason why it failed, is lost, pruned or cancelled, for a person; null otherwise
 * @param error when it failed: what was thrown first; null otherwise
 * @param exitStatus when it is lost: of its process, where somebody waited for that; null otherwise
 * @param created when, as an ISO-8601 instant in UTC
 * @param finished likewise; null unless it ended, and when nobody saw it end
 */
public record RunState(
    RunStatus status,
    String reason,
    RunError error,
    Integer exitStatus,
    String created,
    String finished) {
  /** Of a run that begins. */
  public static RunState begun(String when) {
    return new RunState(RunStatus.RUNNING, null, null, null, when, null);
  }

  /** The state of a run that was begun then, and has ended without an error. */
  public RunState ended(RunStatus as, String when, String why) {
    return new RunState(as, why, null, null, created, when);
  }

  RunState running() {
    return begun(created);
  }

  /** Has written its checkpoint and trains no more. */
  RunState resting(RunStatus as) {
    return new RunState(as, null, null, null, created, null);
  }

  RunState lost(String why, Integer exit) {
    return new RunState(RunStatus.LOST, why, null, exit, created, null);
  }

  RunState failed(String when, Throwable thrown) {
    return new RunState(
        RunStatus.FAILED, RunError.reason(thrown), RunError.of(thrown), null, created, when);
  }
}
