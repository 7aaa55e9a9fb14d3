package dev.almanac.training.train;

import dev.almanac.training.run.StopSignal;
import dev.almanac.training.run.StoppedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to train, which one thread of a JVM has at a time: PyTorch's random numbers are the
 * process's. Closed by the thread that has it.
 */
final class Turn implements AutoCloseable {
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private Turn() {}

  /**
   * Waits for it.
   *
   * @throws StoppedException when it was asked to stop meanwhile
   */
  static Turn await(StopSignal signal) throws IOException {
    try {
      while (!ONE_AT_A_TIME.tryLock(100, TimeUnit.MILLISECONDS)) {
        if (signal.isAsked()) {
          throw new StoppedException();
        }
      }
      return new Turn();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot train: interrupted");
    }
  }

  /** Makes sure that this thread has it. */
  void check() {
    if (!ONE_AT_A_TIME.isHeldByCurrentThread()) {
      throw new IllegalStateException("Cannot train: another thread's training has its turn");
    }
  }

  @Override
  public void close() {
    ONE_AT_A_TIME.unlock();
  }
}
