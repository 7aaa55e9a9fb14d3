package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Cancels a command when the process is told to end (SIGTERM, Ctrl-C), and lets the process end
 * once the command has: its state is written and its own processes are gone then.
 */
final class EndOfProcess implements AutoCloseable {
  private static final int SECONDS = 60;

  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "almanac-stop");

  EndOfProcess() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What the end of the process asks for. */
  Cancellation cancellation() {
    return cancellation;
  }

  private void end() {
    cancellation.cancel();
    try {
      ended.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has ended, whatever way. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // Then it runs, and finds the command ended.
    }
  }
}
