package dev.almanac.pipelines.work;

import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/**
 * A pipeline on its engine, to its end or until it is cancelled.
 *
 * <p>How far it is, is seen by what it has left in files: that works alike on every engine,
 * whatever its metrics count twice. It runs in a group of threads of its own, so that those which
 * an engine in this process starts for it can be waited for.
 */
public final class PipelineRun {
  private static final long LOOK_MILLIS = 500;

  /** How long an engine may take to put down what it has in hand. */
  private static final long QUIET_SECONDS = 20;

  /** The same of work that failed; an engine may keep threads for what comes next. */
  private static final long FAILED_SECONDS = 3;

  private final Pipeline pipeline;
  private final Watch watch;
  private final String last;
  private final ThreadGroup group = new ThreadGroup("pipeline");
  private PipelineResult result;
  private Thread starting;
  private boolean cancelled;

  private PipelineRun(Pipeline pipeline, Watch watch, String last) {
    this.pipeline = pipeline;
    this.watch = watch;
    this.last = last;
  }

  /** Tells how far it is. */
  @FunctionalInterface
  public interface Look {
    void at(Progress progress) throws IOException;
  }

  /** Runs a pipeline that is over too soon to be looked at. */
  public static void of(Pipeline pipeline, Watch watch) throws IOException {
    of(pipeline, watch, null, progress -> {});
  }

  /**
   * Runs a pipeline, looking now and then.
   *
   * @param last the file that it writes last, which was not there: once it is, the work is done and
   *     can be cancelled no more; null when all that it makes is only good for what comes next
   * @throws CancelledException when it was cancelled; none of its work in this process goes on then
   */
  public static void of(Pipeline pipeline, Watch watch, String last, Look look) throws IOException {
    watch.check();
    PipelineRun run = new PipelineRun(pipeline, watch, last);
    ScheduledExecutorService timer = run.looking(look);
    Cancellation.Handle onCancel = watch.cancellation().onCancel(run::cancel);
    try {
      run.await();
    } finally {
      onCancel.close();
      timer.shutdownNow();
    }
  }

  private ScheduledExecutorService looking(Look look) {
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
            look.at(watch);
          } catch (IOException | RuntimeException unseen) {
            // A look that fails says nothing of the work; the next one may see.
          }
        },
        LOOK_MILLIS,
        LOOK_MILLIS,
        TimeUnit.MILLISECONDS);
    return timer;
  }

  private void await() throws IOException {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              start().waitUntilFinish();
              return null;
            });
    Thread thread = new Thread(group, task, "pipeline");
    synchronized (this) {
      starting = thread;
    }
    thread.start();
    try {
      task.get();
    } catch (ExecutionException e) {
      if (!watch.isCancelled()) {
        awaitThreads(FAILED_SECONDS, false);
        throw thrown(e.getCause());
      }
    } catch (InterruptedException e) {
      cancel();
      awaitThreads(QUIET_SECONDS, true);
      boolean isDone = isDone();
      Thread.currentThread().interrupt();
      if (isDone) {
        return;
      }
      throw new CancelledException();
    }
    if (watch.isCancelled()) {
      awaitEngine();
      awaitThreads(QUIET_SECONDS, true);
      if (!isDone()) {
        throw new CancelledException();
      }
    }
  }

  /** Whether all was written before it was cancelled. */
  private boolean isDone() throws IOException {
    return last != null && Storage.exists(last);
  }

  private PipelineResult start() throws IOException {
    PipelineResult started = pipeline.run();
    synchronized (this) {
      starting = null;
      result = started;
      if (cancelled) {
        started.cancel();
      }
    }
    return started;
  }

  /** An engine whose {@code run} blocks is interrupted in it; any other is told. */
  private synchronized void cancel() {
    cancelled = true;
    if (result == null) {
      if (starting != null) {
        starting.interrupt();
      }
      return;
    }
    try {
      result.cancel();
    } catch (IOException | RuntimeException deaf) {
      // Then it ends by itself, and what it makes is not taken.
    }
  }

  /**
   * Until an engine that is being told to end has done so: it may do that with threads that it
   * started for the work, as Spark does, which waits minutes for those that were interrupted.
   */
  private void awaitEngine() {
    synchronized (this) {
      // Whoever tells it holds the lock meanwhile.
    }
  }

  /**
   * Until the threads that work on it are done: nothing is written behind the caller's back.
   *
   * @param seconds to wait at most
   * @param hurries whether they are interrupted; of work that failed the others put down what they
   *     write just now
   */
  private void awaitThreads(long seconds, boolean hurries) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (group.activeCount() > 0 && System.nanoTime() < end) {
        if (hurries) {
          group.interrupt();
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException thrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }
}
