package dev.almanac.training.train;

import dev.almanac.training.run.Run;
import dev.almanac.training.run.StopSignal;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Whether a training is to end: since its process is, or since its run was cancelled. */
final class EndSignal implements StopSignal, AutoCloseable {
  /** Between two looks into the run's folder, which may be an object store. */
  private static final int SECONDS = 5;

  private final StopSignal process;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "cancellation");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean isCancelled;

  EndSignal(StopSignal process, Run run) {
    this.process = process;
    timer.scheduleWithFixedDelay(() -> look(run), 0, SECONDS, TimeUnit.SECONDS);
  }

  private void look(Run run) {
    try {
      isCancelled |= RunCancellation.isAsked(run);
    } catch (IOException | RuntimeException unreadable) {
      // The next look may see it.
    }
  }

  @Override
  public boolean isAsked() {
    return process.isAsked() || isCancelled;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
