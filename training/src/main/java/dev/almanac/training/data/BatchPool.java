package dev.almanac.training.data;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closed batches, ready to be filled again. Guarded by the lock given to the constructor. */
public final class BatchPool {
  private final Object lock;
  private final int numericWidth;
  private final int nominalWidth;
  private final Deque<Batch> closed = new ArrayDeque<>();
  private int out;

  public BatchPool(Object lock, int numericWidth, int nominalWidth) {
    this.lock = lock;
    this.numericWidth = numericWidth;
    this.nominalWidth = nominalWidth;
  }

  /** A batch of room for these rows: an old one, or a new one when none has it. */
  public Batch take(int rows) {
    synchronized (lock) {
      out++;
      Batch old = closed.poll();
      return old != null && old.capacity() >= rows
          ? old
          : new Batch(rows, numericWidth, nominalWidth, this::give);
    }
  }

  /** How many batches were taken and are not closed. */
  int out() {
    synchronized (lock) {
      return out;
    }
  }

  private void give(Batch batch) {
    synchronized (lock) {
      out--;
      closed.push(batch);
      lock.notifyAll();
    }
  }
}
