package dev.almanac.pipelines.work.cluster;

import dev.almanac.pipelines.work.Cancellation;
import dev.almanac.pipelines.work.CancelledException;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.worker.SegmentWorkers;
import dev.almanac.pipelines.work.worker.WorkerEndException;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.pipelines.work.worker.WorkerProgram;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * The workers of an engine: segments that are asked for at about the same time are a {@link
 * Generation}; those that are asked for while it runs are the next one's. Each is answered as soon
 * as it has ended. Thread-safe.
 */
public final class EngineWorkers implements SegmentWorkers {
  /** Milliseconds in which nobody asks before a generation begins. */
  private static final long GATHERING = 400;

  /** How long an engine may take to let go of what it trains. */
  private static final long STOPPING_SECONDS = 60;

  private final Engine engine;
  private final Setting setting;
  private final Lock turn;
  private final Progress progress;
  private final Cancellation cancellation = new Cancellation();
  private final List<Asked> waiting = new ArrayList<>();
  private Thread thread;
  private RequestException refused;
  private boolean isOver;
  private boolean isStopped;

  /**
   * What all segments share.
   *
   * @param program that trains them, and reads the config's text where {@link #config} says
   * @param place a folder of this search alone that all machines reach
   * @param runs the folder of their runs
   */
  public record Setting(WorkerProgram program, String place, String runs) {
    /** A new place in a folder that all machines reach. */
    public static String place(String folder) {
      return Storage.resolve(folder, "engine-" + UUID.randomUUID());
    }

    /** Where a place has the config's text. */
    public static String config(String place) {
      return Desk.config(place);
    }
  }

  /**
   * @param turn held while a pipeline runs: some engines run one at a time in a process
   */
  public EngineWorkers(Engine engine, Setting setting, Lock turn, Progress progress) {
    this.engine = engine;
    this.setting = setting;
    this.turn = turn;
    this.progress = progress;
  }

  @Override
  public synchronized Optional<RequestException> refused() {
    return Optional.ofNullable(refused);
  }

  @Override
  public WorkerMessage.Answer train(WorkerMessage.Request request)
      throws WorkerEndException, InterruptedException {
    Asked asked = Asked.of(request);
    synchronized (this) {
      if (isOver) {
        throw Asked.stopped();
      }
      waiting.add(asked);
      notifyAll();
      if (thread == null) {
        thread = new Thread(this::serve, "generations");
        thread.setDaemon(true);
        thread.start();
      }
    }
    return asked.await();
  }

  private void serve() {
    List<Asked> asked = List.of();
    try {
      int number = 0;
      for (asked = gather(); !asked.isEmpty(); asked = gather()) {
        number++;
        progress.line(
            "Generation %s: %s on %s"
                .formatted(number, Count.of(asked.size(), "trial"), engine.runner()));
        train(new Generation(engine, setting, new Desk(setting.place(), number), asked));
      }
    } catch (CancelledException | InterruptedException told) {
      end(asked, null);
    } catch (Throwable failed) {
      end(asked, failed);
    }
  }

  private void train(Generation generation) throws IOException, RequestException {
    turn.lock();
    try {
      generation.train(new Watch(progress, cancellation));
    } finally {
      turn.unlock();
    }
  }

  /** Those that wait, once no more come; none when it is over. */
  private synchronized List<Asked> gather() throws InterruptedException {
    while (waiting.isEmpty() && !isOver) {
      wait();
    }
    for (int before = 0; before < waiting.size() && !isOver; ) {
      before = waiting.size();
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHERING);
      for (long left = GATHERING; left > 0 && !isOver; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
    }
    List<Asked> gathered = isOver ? List.of() : List.copyOf(waiting);
    waiting.removeAll(gathered);
    return gathered;
  }

  /**
   * Ends it for all who wait.
   *
   * @param why null when it was told to
   */
  private void end(List<Asked> asked, Throwable why) {
    List<Asked> all = new ArrayList<>(asked);
    synchronized (this) {
      isOver = true;
      all.addAll(waiting);
      waiting.clear();
      if (why instanceof RequestException request) {
        refused = request;
      }
    }
    all.forEach(one -> one.fail(why == null ? null : EngineFailure.of(engine, why)));
  }

  @Override
  public void stop() {
    synchronized (this) {
      isStopped = true;
    }
    finish();
  }

  @Override
  public synchronized boolean isStopped() {
    return isStopped;
  }

  private void finish() {
    Thread serving;
    synchronized (this) {
      isOver = true;
      serving = thread;
      notifyAll();
    }
    cancellation.cancel();
    end(List.of(), null);
    try {
      if (serving != null) {
        serving.join(TimeUnit.SECONDS.toMillis(STOPPING_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finish();
    try {
      Storage.deleteFolder(setting.place());
    } catch (IOException left) {
      // Small files that nobody reads any more.
    }
  }
}
