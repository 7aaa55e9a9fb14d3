package dev.almanac.training.train;

import dev.almanac.training.lease.Lease;
import dev.almanac.training.machine.Load;
import dev.almanac.training.machine.LoadMeter;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.Surroundings;
import dev.almanac.training.run.SystemRecord;
import dev.almanac.training.run.SystemSeries;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks at the process and its machine at most once a second while a run trains, and keeps what it
 * saw in the run's {@code system.jsonl}. What it cannot see or write never stops a training.
 */
final class SystemSampler implements AutoCloseable {
  private static final double NANOS = 1e9;

  /** Seconds: the file is written whole each time. */
  private static final double BETWEEN_WRITES = 10;

  private final Run run;
  private final Lease lease;
  private final Surroundings surroundings;
  private final SystemSeries series;
  private final double secondsBefore;
  private final LoadMeter meter = new LoadMeter();
  private final long started = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ending = lock.newCondition();
  private final Thread thread = new Thread(this::sample, "system");
  private volatile Step last;
  private Step before;
  private boolean ended;

  /** How much had been trained when. */
  private record Step(long nanos, long rows, double waitSeconds) {}

  /** Of a run; behind what an earlier process has seen of it. */
  SystemSampler(Run run, Lease lease, Surroundings surroundings) {
    this.run = run;
    this.lease = lease;
    this.surroundings = surroundings;
    this.series = new SystemSeries(read(run));
    this.secondsBefore = series.seconds();
    this.before = new Step(started, 0, 0);
    thread.setDaemon(true);
  }

  /** Begins to look. */
  SystemSampler start() {
    thread.start();
    return this;
  }

  private static List<SystemRecord> read(Run run) {
    try {
      return run.system().values();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** Hears what a listener hears. */
  ProgressListener beside(ProgressListener listener) {
    return new ProgressListener() {
      @Override
      public void note(String text) {
        listener.note(text);
      }

      @Override
      public void step(Progress progress) {
        last = new Step(System.nanoTime(), progress.rows(), progress.waitSeconds());
        listener.step(progress);
      }

      @Override
      public void epoch(EpochRecord epoch) {
        listener.epoch(epoch);
      }
    };
  }

  private void sample() {
    double written = 0;
    lock.lock();
    try {
      while (!ended) {
        if (ending.await((long) (series.apart() * 1000), TimeUnit.MILLISECONDS)) {
          continue;
        }
        look();
        if (seconds() - written >= BETWEEN_WRITES) {
          written = seconds();
          write();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private double seconds() {
    return (System.nanoTime() - started) / NANOS;
  }

  private void look() {
    Load load = meter.read();
    Step now = last;
    Double rate = null;
    Double wait = null;
    if (now != null && now.nanos > before.nanos) {
      double time = (now.nanos - before.nanos) / NANOS;
      rate = (now.rows - before.rows) / time;
      wait = Math.min(1, Math.max(0, (now.waitSeconds - before.waitSeconds) / time));
      before = now;
    }
    series.add(
        new SystemRecord(secondsBefore + seconds(), rate, wait, load, surroundings.gpuLoads()));
  }

  private void write() {
    try {
      lease.confirm();
      Storage.writeText(run.path(Run.SYSTEM), series.text());
    } catch (IOException | RuntimeException unwritable) {
      // The training says so when it cannot write what matters.
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Looks and writes for the last time. */
  void end() {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      ended = true;
      ending.signalAll();
      look();
      write();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
