package dev.almanac.transforms.dataset;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A staging folder's owner says now and then that it lives, until this is closed. */
public final class StagingClaim implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "staging-claim");
            thread.setDaemon(true);
            return thread;
          });

  StagingClaim(Staging staging) throws IOException {
    staging.signOfLife();
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            staging.signOfLife();
          } catch (IOException | RuntimeException missed) {
            // The next sign may be seen; a day without one is long.
          }
        },
        StagingOwner.SIGN_OF_LIFE.toMillis(),
        StagingOwner.SIGN_OF_LIFE.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Ends the signs; one that is being given is given to its end. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      timer.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
