package dev.almanac.training.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a training to stop at its next step, and waits until it has written its state.
 *
 * <p>{@link #atShutdown} ties it to the end of the process: a SIGTERM or SIGINT then waits up to
 * {@value #SECONDS} seconds. Thread-safe.
 */
public final class StopSignal implements AutoCloseable {
  private static final int SECONDS = 60;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean asked;
  private Thread hook;

  /** Nobody asks. */
  public static StopSignal none() {
    return new StopSignal();
  }

  /** Asks when the process is told to end. */
  public static StopSignal atShutdown() {
    StopSignal signal = new StopSignal();
    signal.hook = new Thread(signal::stop, "almanac-stop");
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Asks, and waits for {@link #close}. */
  public void stop() {
    asked = true;
    try {
      stopped.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean isAsked() {
    return asked;
  }

  /** The training is over, whatever way. */
  @Override
  public void close() {
    stopped.countDown();
    if (hook != null && !asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // Then it runs, and finds the training over.
      }
    }
  }
}
