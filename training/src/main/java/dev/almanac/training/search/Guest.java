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
  static final int PAUSE_MILLIS = 300;

  private final String study;
  private final String folder;
  private final Objective objective;
  private final StudyListener listener;
  private Throwable broken;
  private boolean isTimeUp;

  Guest(String study, Objective objective, StudyListener listener) {
    this.study = study;
    this.folder = Storage.resolve(study, Task.GUESTS, UUID.randomUUID().toString().substring(0, 8));
    this.objective = objective;
    this.listener = listener;
  }

  /**
   * Works until the study has ended or nobody leads it any more. What it was given by then it
   * trains to its end, unless the study's time is up.
   *
   * @return what ended the study; null when its leader went before
   * @throws InterruptedException when a trial was stopped from outside
   */
  Budget.End run(int parallel) throws IOException, InterruptedException {
    Lease lease = Lease.take(folder, "join study %s".formatted(study));
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    Budget.End end = null;
    try {
      new Task.Hands(parallel).write(folder);
      end = work(threads);
      threads.shutdown();
      if (end == Budget.End.TIME) {
        stop();
      }
      while (!threads.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        rethrow();
      }
      rethrow();
      return end;
    } finally {
      threads.shutdownNow();
      lease.close();
      if (end != null) {
        Storage.deleteFolder(folder);
      }
    }
  }

  private Budget.End work(ExecutorService threads) throws IOException, InterruptedException {
    Set<String> begun = new HashSet<>();
    while (Lease.holder(study).isPresent()) {
      rethrow();
      Budget.End end = StudyStore.endOf(study);
      if (end != null) {
        return end;
      }
      for (Task task : Task.Work.read(folder).tasks()) {
        if (begun.add(task.name())) {
          threads.execute(() -> train(task));
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return StudyStore.endOf(study);
  }

  private void stop() {
    synchronized (this) {
      isTimeUp = true;
    }
    objective.stop();
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
        boolean isMeant = isTimeUp && stopped instanceof InterruptedException;
        broken = broken == null && !isMeant ? stopped : broken;
      }
    }
  }

  private synchronized void rethrow() throws IOException, InterruptedException {
    Workers.rethrow(broken);
  }
}
