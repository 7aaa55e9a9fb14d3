package dev.almanac.transforms.dataset;

import java.time.Duration;
import java.time.Instant;

/**
 * The process that stages a dataset, and its last sign of life.
 *
 * @param started when the process started, as an ISO-8601 instant, so that another one with its
 *     number is told apart; null when the system does not say
 * @param alive when it last said that it lives, as an ISO-8601 instant; null of those that never
 *     did
 */
record StagingOwner(String host, long process, String started, String alive) {
  /** How often an owner says that it lives. */
  static final Duration SIGN_OF_LIFE = Duration.ofMinutes(10);

  /** After so long without a sign an owner on another machine is taken for dead. */
  static final Duration SILENCE = Duration.ofHours(24);

  static StagingOwner here(Instant now) {
    ProcessHandle self = ProcessHandle.current();
    return new StagingOwner(DatasetIdentity.hostName(), self.pid(), started(self), now.toString());
  }

  /**
   * Whether the process has ended: on this machine that is known, on another one it is taken to
   * when it has been silent for long.
   */
  boolean isGone(Instant now) {
    if (!isHere()) {
      return isSilent(now, SILENCE);
    }
    return ProcessHandle.of(process)
        .map(handle -> started != null && !started.equals(started(handle)))
        .orElse(true);
  }

  /** Whether the process may have died on another machine: some of its signs are missing. */
  boolean isDoubtful(Instant now) {
    return !isHere() && (alive == null || isSilent(now, SIGN_OF_LIFE.multipliedBy(3)));
  }

  private boolean isHere() {
    return host.equals(DatasetIdentity.hostName());
  }

  private boolean isSilent(Instant now, Duration time) {
    return alive != null && Instant.parse(alive).plus(time).isBefore(now);
  }

  private static String started(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse(null);
  }

  @Override
  public String toString() {
    return "process %d on %s".formatted(process, host);
  }
}
