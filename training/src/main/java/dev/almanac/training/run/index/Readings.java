package dev.almanac.training.run.index;

import dev.almanac.transforms.problem.WorkException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Reads runs of a folder, several at once, and hands them on one at a time in their order. */
record Readings(String folder, IndexListener listener) {
  /** Requests to a store that are under way at once. */
  private static final int REMOTE = 16;

  /** Runs that are read and not yet handed on. */
  private static final int AHEAD = 64;

  /** A few are read where they are asked for. */
  private static final int FEW = 4;

  void each(Collection<String> names, Consumer<RunReading> use) {
    if (names.size() <= FEW) {
      names.forEach(name -> use.accept(RunReading.of(folder, name)));
      return;
    }
    int threads = folder.contains("://") ? REMOTE : Runtime.getRuntime().availableProcessors();
    ExecutorService readers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "runs");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Deque<Future<RunReading>> ahead = new ArrayDeque<>();
      long done = 0;
      for (String name : names) {
        ahead.add(readers.submit(() -> RunReading.of(folder, name)));
        if (ahead.size() > AHEAD) {
          use.accept(ahead.poll().get());
          listener.read(++done, names.size());
        }
      }
      while (!ahead.isEmpty()) {
        use.accept(ahead.poll().get());
        listener.read(++done, names.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkException("Cannot read the runs of %s: interrupted".formatted(folder));
    } catch (ExecutionException e) {
      throw new WorkException(
          "Cannot read the runs of %s: %s".formatted(folder, e.getCause()), e.getCause());
    } finally {
      readers.shutdownNow();
    }
  }
}
