package dev.almanac.transforms.staging;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The name of a dataset in the making, held by this process until it is closed: its claim is
 * written again now and then, so that other machines see that it lives.
 */
public final class StagingHold implements AutoCloseable {
  private final Staging staging;
  private final String last;
  private final StagingClaim claim;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "staging-hold");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param claim that has been written
   */
  StagingHold(StagingClaim claim, String last) {
    this.staging = claim.staging();
    this.last = last;
    this.claim = claim;
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            claim.write();
          } catch (IOException | RuntimeException missed) {
            // The next sign may be seen; a day without one is long.
          }
        },
        StagingClaim.SIGN_OF_LIFE.toMillis(),
        StagingClaim.SIGN_OF_LIFE.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** What the name is held for. */
  public Staging staging() {
    return staging;
  }

  /**
   * Deletes all that is not finished, then the claim; a sign that is being given is given to its
   * end.
   */
  @Override
  public void close() throws IOException {
    timer.shutdown();
    try {
      timer.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    staging.delete(last);
    claim.delete();
  }
}
