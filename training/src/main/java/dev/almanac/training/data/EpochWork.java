package dev.almanac.training.data;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Which thread does what for one epoch, and in which order its batches come out.
 *
 * <p>Windows are admitted in order while memory lasts; batches get memory in order too, so the
 * oldest batch always can be finished. Every method takes the lock.
 */
final class EpochWork {
  private final Object lock;
  private final ReaderConfig config;
  private final BatchPool batches;
  private final int mostBatches;
  private final ReaderMemory memory;
  private final List<ShufflePlan.Window> plans;
  private final long endRow;
  private final List<LoadedWindow> windows = new ArrayList<>();
  private final Deque<ReaderJob.FilledBatch> ready = new ArrayDeque<>();
  private int planned;
  private int gathering;
  private long row;
  private ReaderJob.FilledBatch filling;
  private int filled;
  private Throwable failure;
  private boolean stopped;
  private long waitNanos;

  /**
   * @param firstRow where to begin in the epoch's order
   * @param endRow where to end
   */
  EpochWork(
      Object lock,
      ReaderConfig config,
      BatchPool batches,
      int mostBatches,
      ReaderMemory memory,
      ShufflePlan plan,
      long firstRow,
      long endRow) {
    this.lock = lock;
    this.config = config;
    this.batches = batches;
    this.mostBatches = mostBatches;
    this.memory = memory;
    this.plans =
        plan.windows().stream()
            .filter(w -> w.firstRow() + w.rows() > firstRow && w.firstRow() < endRow)
            .toList();
    this.row = firstRow;
    this.endRow = endRow;
  }

  /** The next job; waits for one, and gives null when there will be none. */
  ReaderJob take() throws InterruptedException {
    synchronized (lock) {
      while (!stopped && failure == null && row < endRow) {
        ReaderJob job = gather();
        if (job == null) {
          job = load();
        }
        if (job != null) {
          return job;
        }
        lock.wait();
      }
      return null;
    }
  }

  private ReaderJob gather() {
    if (gathering >= windows.size() || !windows.get(gathering).isLoaded()) {
      return null;
    }
    if (filling == null) {
      if (batches.out() >= mostBatches) {
        return null;
      }
      int rows = (int) Math.min(config.batchSize(), endRow - row);
      Batch batch = batches.take(config.batchSize());
      batch.open(rows, true);
      filling = new ReaderJob.FilledBatch(batch, rows);
      filled = 0;
      ready.add(filling);
      lock.notifyAll();
    }
    LoadedWindow window = windows.get(gathering);
    int from = (int) (row - window.plan().firstRow());
    int to = Math.min(window.plan().rows(), from + filling.batch().rows() - filled);
    ReaderJob job = new ReaderJob.Gather(window, from, to, filling, filled);
    row += to - from;
    filled += to - from;
    if (filled == filling.batch().rows()) {
      filling = null;
    }
    if (to == window.plan().rows()) {
      gathering++;
    }
    return job;
  }

  private ReaderJob load() {
    LoadedWindow newest = windows.isEmpty() ? null : windows.get(windows.size() - 1);
    if (newest == null || !newest.hasUnstartedPart()) {
      if (planned == plans.size() || !memory.reserve()) {
        return null;
      }
      ShufflePlan.Window plan = plans.get(planned++);
      newest = new LoadedWindow(plan, (int) Math.max(0, row - plan.firstRow()));
      windows.add(newest);
    }
    return new ReaderJob.Load(newest, newest.startPart());
  }

  void done(ReaderJob.Load job) {
    synchronized (lock) {
      job.window().partDone();
      if (job.window().isLoaded()) {
        lock.notifyAll();
      }
    }
  }

  void done(ReaderJob.Gather job) {
    int rows = job.to() - job.from();
    synchronized (lock) {
      job.batch().filled(rows);
      boolean last = job.window().read(rows);
      if (last) {
        memory.release(job.window());
      }
      if (last || job.batch().isFull()) {
        lock.notifyAll();
      }
    }
  }

  void fail(Throwable cause) {
    synchronized (lock) {
      if (failure == null) {
        failure = cause;
      }
      lock.notifyAll();
    }
  }

  /**
   * The next batch in order; waits for it, and gives null after the last.
   *
   * @throws IOException what a thread failed with
   */
  Batch next() throws IOException, InterruptedException {
    synchronized (lock) {
      while (true) {
        if (failure != null) {
          throw new IOException(
              failure instanceof IOException
                  ? failure.getMessage()
                  : "Cannot read the next batch: " + failure,
              failure);
        }
        if (stopped) {
          throw new IllegalStateException("Cannot read the next batch: the epoch is closed");
        }
        ReaderJob.FilledBatch oldest = ready.peek();
        if (oldest != null && oldest.isFull()) {
          return ready.poll().batch();
        }
        if (oldest == null && row >= endRow) {
          return null;
        }
        if (oldest == null && batches.out() >= mostBatches) {
          throw new IllegalStateException(
              "Cannot read the next batch: %d batches are open; close each one after its step"
                  .formatted(mostBatches));
        }
        long before = System.nanoTime();
        lock.wait();
        waitNanos += System.nanoTime() - before;
      }
    }
  }

  long waitNanos() {
    synchronized (lock) {
      return waitNanos;
    }
  }

  /** Lets every thread end after the job it is at. */
  void stop() {
    synchronized (lock) {
      stopped = true;
      lock.notifyAll();
    }
  }

  /** Gives back what the epoch still holds; no thread may work for it any more. */
  void release() {
    synchronized (lock) {
      windows.forEach(memory::release);
      ready.forEach(made -> made.batch().close());
      ready.clear();
    }
  }
}
