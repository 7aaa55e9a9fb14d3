package dev.almanac.pipelines.work;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;

/**
 * Looks now and then how far a pipeline is, by what it has left in files: that works alike on every
 * engine, whatever its metrics count twice.
 */
public final class ProgressWatch {
  private static final long MILLIS = 500;

  private ProgressWatch() {}

  /** Tells the progress what has been done. */
  public interface Look {
    void at(Progress progress) throws IOException;
  }

  /** Runs a pipeline to its end, looking meanwhile. */
  public static void run(Pipeline pipeline, Progress progress, Look look) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            look.at(progress);
          } catch (IOException | RuntimeException unseen) {
            // A look that fails says nothing of the work; the next one may see.
          }
        },
        MILLIS,
        MILLIS,
        TimeUnit.MILLISECONDS);
    try {
      pipeline.run().waitUntilFinish();
    } finally {
      timer.shutdownNow();
    }
  }
}
