package dev.almanac.training.search;

import dev.almanac.training.lease.Lease;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that works on the segments of a study that another one leads: it decides nothing, and
 * writes to the study no more than what came of what it was given.
 */
final class Guest {
  private static final int PAUSE_MILLIS = 300;

  private final String study;
  private final String folder;
  private final Objective objective;
  private final StudyListener listener;
  private Throwable broken;

  Guest(String study, Objective objective, StudyListener listener) {
    this.study = study;
    this.folder = Storage.resolve(study, Task.GUESTS, UUID.randomUUID().toString().substring(0, 8));
    this.objective = objective;
    this.listener = listener;
  }

  /**
   * Works until nobody leads the study any more.
   *
   * @return what ended the study, as far as it has ended; null when its leader went before
   * @throws InterruptedException when a trial was stopped from outside
   */
  Budget.End run(int parallel) throws IOException, InterruptedException {
    Lease lease = Lease.take(folder, "join study %s".formatted(study));
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      new Task.Hands(parallel).write(folder);
      work(threads);
      // What was begun goes on to its end: whoever leads next finds what came of it.
      threads.shutdown();
      while (!threads.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        rethrow();
      }
      rethrow();
      return StudyStore.endOf(study);
    } finally {
      threads.shutdownNow();
      lease.close();
    }
  }

  private void work(ExecutorService threads) throws IOException, InterruptedException {
    Set<String> begun = new HashSet<>();
    while (Lease.holder(study).isPresent()) {
      rethrow();
      for (Task task : Task.Work.read(folder).tasks()) {
        if (begun.add(task.name())) {
          threads.execute(() -> train(task));
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private void train(Task task) {
    try {
      synchronized (this) {
        listener.started(task.trial());
      }
      Answer answer = Answer.of(objective, task.trial(), task.until());
      Storage.writeText(Storage.resolve(folder, task.answer()), Json.line(answer));
    } catch (Throwable stopped) {
      synchronized (this) {
        broken = broken == null ? stopped : broken;
      }
    }
  }

  private synchronized void rethrow() throws IOException, InterruptedException {
    Workers.rethrow(broken);
  }
}
