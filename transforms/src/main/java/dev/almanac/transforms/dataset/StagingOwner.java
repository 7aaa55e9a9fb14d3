package dev.almanac.transforms.dataset;

import java.time.Instant;

/**
 * The process that stages a dataset.
 *
 * @param started when the process started, as an ISO-8601 instant, so that another one with its
 *     number is told apart; null when the system does not say
 */
record StagingOwner(String host, long process, String started) {
  static StagingOwner here() {
    ProcessHandle self = ProcessHandle.current();
    return new StagingOwner(DatasetIdentity.hostName(), self.pid(), started(self));
  }

  /** Whether the process ran on this machine and has ended. */
  boolean isGone() {
    if (!host.equals(DatasetIdentity.hostName())) {
      return false;
    }
    return ProcessHandle.of(process)
        .map(handle -> started != null && !started.equals(started(handle)))
        .orElse(true);
  }

  private static String started(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse(null);
  }
}
