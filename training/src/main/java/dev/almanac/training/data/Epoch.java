package dev.almanac.training.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass over a split, batch by batch, read ahead by threads of its own.
 *
 * <p>For one consumer thread. {@link #close} waits until the threads have ended; batches that the
 * consumer still holds stay usable until they are closed.
 */
public final class Epoch implements AutoCloseable {
  private final ReaderState start;
  private final EpochLayout layout;
  private final EpochWork work;
  private final ShuffleMeter meter;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param meter for the batches handed out; null to measure none
   */
  Epoch(ReaderState start, EpochLayout layout, EpochWork work, ShuffleMeter meter) {
    this.start = start;
    this.layout = layout;
    this.work = work;
    this.meter = meter;
  }

  void start(int count, OpenSplit split, ReaderMemory memory, EpochWork ahead) {
    for (int i = 0; i < count; i++) {
      EpochThread runner = new EpochThread(split, memory, work, ahead);
      Thread thread = new Thread(runner, "almanac-reader-%s-%s".formatted(number(), i));
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Which epoch this is, from 0. */
  public int number() {
    return start.epoch();
  }

  /** How many batches {@link #next} gives. */
  public long steps() {
    return layout.steps();
  }

  /** How many rows those batches have. */
  public long rows() {
    return layout.rankRows();
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
      Batch batch = work.next();
      if (meter != null && batch != null) {
        meter.add(batch);
      }
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot read the next batch: interrupted");
    }
  }

  /**
   * How far the epoch is consumed: after the batches that were closed, counted from the first up to
   * one that is still open. Another epoch of {@link TrainingReader#epoch(ReaderState)} begins with
   * the next row. For any thread, also after {@link #close}.
   */
  public ReaderState state() {
    return new ReaderState(
        start.dataset(),
        start.split(),
        start.seed(),
        start.window(),
        start.epoch(),
        work.consumedRow());
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
