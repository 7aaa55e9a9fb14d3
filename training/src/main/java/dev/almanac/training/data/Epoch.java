package dev.almanac.training.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass over a split, batch by batch, made ahead by threads of its own.
 *
 * <p>For one consumer thread. {@link #close} ends the threads before it returns; batches that the
 * consumer still holds stay usable until they are closed.
 */
public final class Epoch implements AutoCloseable {
  private final int number;
  private final long steps;
  private final long rows;
  private final EpochWork work;
  private final List<Thread> threads = new ArrayList<>();

  Epoch(int number, long steps, long rows, EpochWork work) {
    this.number = number;
    this.steps = steps;
    this.rows = rows;
    this.work = work;
  }

  void start(int count, RowGroupCatalog catalog, ReaderMemory memory) {
    for (int i = 0; i < count; i++) {
      EpochThread runner = new EpochThread(catalog, memory, work);
      Thread thread = new Thread(runner, "almanac-reader-%d-%d".formatted(number, i));
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Which epoch this is, from 0. */
  public int number() {
    return number;
  }

  /** How many batches {@link #next} gives. */
  public long steps() {
    return steps;
  }

  /** How many rows those batches have. */
  public long rows() {
    return rows;
  }

  /**
   * The next batch, which the caller closes after its step; null after the last. Waits while none
   * is ready.
   *
   * @throws IOException when a thread failed, with what it failed with as the cause
   * @throws IllegalStateException when so many batches are open that none is left to fill
   */
  public Batch next() throws IOException {
    try {
      return work.next();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot read the next batch: interrupted");
    }
  }

  /** How long {@link #next} has waited so far: time in which the consumer had nothing to do. */
  public long waitNanos() {
    return work.waitNanos();
  }

  @Override
  public void close() {
    work.stop();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    threads.clear();
    work.release();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
