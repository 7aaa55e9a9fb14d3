package dev.almanac.training.data;

import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.training.data.shuffle.ShufflePlan;
import dev.almanac.transforms.problem.ForeseenException;
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
  private final EpochLayout layout;
  private final List<LoadedWindow> windows = new ArrayList<>();
  private final Deque<ReaderJob.FilledBatch> ready = new ArrayDeque<>();
  private final Deque<Given> given = new ArrayDeque<>();
  private int planned;
  private int gathering;
  private long step;
  private long assigned;
  private ReaderJob.FilledBatch filling;
  private int filled;
  private long consumed;
  private Throwable failure;
  private boolean stopped;
  private long waitNanos;

  /** A batch that the consumer got, and which of its fillings that was. */
  private record Given(Batch batch, long filling) {
    boolean isConsumed() {
      return !batch.isOpen(filling);
    }
  }

  EpochWork(
      Object lock,
      ReaderConfig config,
      BatchPool batches,
      int mostBatches,
      ReaderMemory memory,
      ShufflePlan plan,
      EpochLayout layout) {
    this.lock = lock;
    this.config = config;
    this.batches = batches;
    this.mostBatches = mostBatches;
    this.memory = memory;
    this.layout = layout;
    this.plans = plan.windows().stream().filter(window -> rankRows(window) > 0).toList();
  }

  /** How many of a window's rows are this epoch's. */
  private int rankRows(ShufflePlan.Window window) {
    return (int)
        (layout.rankRowsBefore(window.firstRow() + window.rows())
            - layout.rankRowsBefore(window.firstRow()));
  }

  /** The next job; waits for one, and gives null when there will be none. */
  ReaderJob take() throws InterruptedException {
    synchronized (lock) {
      while (!stopped && failure == null && step < layout.steps()) {
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

  /**
   * The next job before the epoch has begun: a part of its first window, while there is memory for
   * it; null when there is none now. Does not wait.
   */
  ReaderJob.Load takeAhead() {
    synchronized (lock) {
      boolean first = windows.isEmpty() || windows.size() == 1 && windows.get(0).hasUnstartedPart();
      return !stopped && failure == null && first ? load() : null;
    }
  }

  private ReaderJob gather() {
    if (gathering >= windows.size() || !windows.get(gathering).isLoaded()) {
      return null;
    }
    int rows = layout.batchRows(step);
    if (filling == null) {
      if (batches.out() >= mostBatches) {
        return null;
      }
      Batch batch = batches.take(config.batchSize());
      batch.open(rows, true);
      filling = new ReaderJob.FilledBatch(batch, rows);
      filled = 0;
      ready.add(filling);
    }
    ShufflePlan.Window plan = windows.get(gathering).plan();
    int from = (int) (layout.firstRow(step) + filled - plan.firstRow());
    int to = Math.min(plan.rows(), from + rows - filled);
    ReaderJob job = new ReaderJob.Gather(windows.get(gathering), from, to, filling, filled);
    assigned += to - from;
    filled += to - from;
    if (filled == rows) {
      filling = null;
      step++;
    }
    if (assigned == layout.rankRowsBefore(plan.firstRow() + plan.rows())) {
      gathering++;
    }
    return job;
  }

  private ReaderJob.Load load() {
    LoadedWindow newest = windows.isEmpty() ? null : windows.get(windows.size() - 1);
    if (newest == null || !newest.hasUnstartedPart()) {
      if (planned == plans.size() || !memory.reserve()) {
        return null;
      }
      ShufflePlan.Window plan = plans.get(planned++);
      newest = new LoadedWindow(plan, rankRows(plan));
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
          throw new ForeseenException(
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
          Batch batch = ready.poll().batch();
          consumedRow();
          given.add(new Given(batch, batch.filling()));
          return batch;
        }
        if (oldest == null && step == layout.steps()) {
          return null;
        }
        if (oldest == null && batches.out() >= mostBatches) {
          throw new IllegalStateException(
              "Cannot read the next batch: %s batches are open; close each one after its step"
                  .formatted(mostBatches));
        }
        long before = System.nanoTime();
        lock.wait();
        waitNanos += System.nanoTime() - before;
      }
    }
  }

  /** Where in the order the consumer stands: after the batches that it closed, from the first. */
  long consumedRow() {
    synchronized (lock) {
      while (!given.isEmpty() && given.peek().isConsumed()) {
        given.poll();
        consumed++;
      }
      return layout.rowAfter(consumed);
    }
  }

  long waitNanos() {
    synchronized (lock) {
      return waitNanos;
    }
  }

  /** Whether nobody will consume more of it: it was stopped, or a thread failed. */
  boolean isStopped() {
    synchronized (lock) {
      return stopped || failure != null;
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
