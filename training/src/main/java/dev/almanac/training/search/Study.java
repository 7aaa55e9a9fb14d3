package dev.almanac.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.search.sample.Sampler;
import dev.almanac.training.search.sample.Samplers;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The trials of one question, kept in a folder as they go.
 *
 * <p>Killed and opened again it goes on: trials that ended, finished or failed, are not repeated,
 * and those that were under way run again with the same values, as the run that they were. One
 * process at a time: it holds the folder's {@link Lease} until it is closed, or the JVM ends.
 */
public final class Study implements AutoCloseable {
  private final StudyConfig config;
  private final SearchSpace space;
  private final Sampler sampler;
  private final StudyStore store;
  private final Lease lease;
  private final Map<Integer, Trial> trials = new TreeMap<>();

  private Study(StudyConfig config, SearchSpace space, StudyStore store, Lease lease) {
    this.config = config;
    this.space = space;
    this.sampler = Samplers.of(config.sampler(), config.goal());
    this.store = store;
    this.lease = lease;
    store.trials().forEach(trial -> trials.put(trial.number(), trial));
  }

  /**
   * Opens the study of a folder, or starts one there.
   *
   * @throws SearchException when the folder holds a study of another question, or the sampler
   *     cannot search the space
   * @throws LeaseException when another process searches there
   */
  public static Study open(String folder, StudyConfig config, SearchSpace space)
      throws IOException {
    Samplers.of(config.sampler(), config.goal()).trials(space);
    Lease lease = Lease.take(folder, "search in %s".formatted(folder));
    try {
      return new Study(config, space, StudyStore.open(folder, config), lease);
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /** Lets others go on with the study. */
  @Override
  public void close() throws IOException {
    lease.close();
  }

  /** A sentence for each line of its files that cannot be read: what it said is lost. */
  public List<String> damage() {
    return store.damage();
  }

  /**
   * Runs trials until there are {@code count} of them or the space holds no more.
   *
   * @param count of all trials, those of earlier processes included
   * @param parallel trials at once
   * @throws InterruptedException when a trial was stopped from outside
   */
  public void run(Objective objective, int count, int parallel, StudyListener listener)
      throws IOException, InterruptedException {
    synchronized (this) {
      trials.values().stream().filter(Trial::hasEnded).forEach(listener::known);
    }
    Queue queue = new Queue(objective, count);
    ExecutorService workers = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < parallel; i++) {
        running.add(
            workers.submit(
                () -> {
                  work(queue, objective, listener);
                  return null;
                }));
      }
      for (Future<?> worker : running) {
        join(worker);
      }
    } finally {
      queue.close();
      workers.shutdownNow();
    }
  }

  /** All trials by number. */
  public synchronized List<Trial> trials() {
    return List.copyOf(trials.values());
  }

  /** The finished trial with the best value; of equals, the first. */
  public Optional<Trial> best() {
    return ranked().stream().findFirst();
  }

  /** The finished trials, the best first; of equals, the first of them. */
  public List<Trial> ranked() {
    return trials().stream()
        .filter(trial -> trial.state() == Trial.State.FINISHED)
        .sorted(Comparator.comparing(Trial::value, config.goal().bestFirst()))
        .toList();
  }

  private void work(Queue queue, Objective objective, StudyListener listener)
      throws IOException, InterruptedException {
    try {
      for (Optional<Trial> next = queue.take(listener);
          next.isPresent();
          next = queue.take(listener)) {
        Trial trial = next.get();
        Trial ended = answer(trial, objective);
        synchronized (this) {
          add(ended);
          listener.ended(ended);
        }
      }
    } finally {
      // Whatever stopped this worker, the others end the trials they have and start none.
      queue.close();
    }
  }

  private void add(Trial trial) throws IOException {
    lease.confirm();
    store.add(trial);
    trials.put(trial.number(), trial);
  }

  private static Trial answer(Trial trial, Objective objective) throws InterruptedException {
    long start = System.nanoTime();
    try {
      Objective.Outcome outcome = objective.evaluate(trial, Objective.TO_ITS_END);
      double seconds = seconds(start);
      return outcome.value() != null && Double.isFinite(outcome.value())
          ? trial
              .trained(Trial.State.FINISHED, outcome.value(), outcome.reports(), seconds)
              .of(outcome.runId())
          : trial.failed(
              "Cannot use trial %s: its value is not finite (%s)"
                  .formatted(trial.number(), outcome.value()),
              seconds);
    } catch (InterruptedException | SearchException stopped) {
      throw stopped;
    } catch (Exception e) {
      return trial.failed(e.getMessage() == null ? e.toString() : e.getMessage(), seconds(start));
    }
  }

  private static double seconds(long start) {
    return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
  }

  private static void join(Future<?> worker) throws IOException, InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      } else if (cause instanceof InterruptedException stopped) {
        throw stopped;
      } else if (cause instanceof RuntimeException runtime) {
        throw runtime;
      } else if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause);
    }
  }

  /** Hands out trial numbers in order, each once; takes the study's lock. */
  private final class Queue {
    private final Objective objective;
    private final int count;
    private int next;
    private boolean closed;

    Queue(Objective objective, int count) {
      this.objective = objective;
      this.count = count;
    }

    Optional<Trial> take(StudyListener listener) throws IOException {
      synchronized (Study.this) {
        while (!closed && next < count) {
          int number = next++;
          Trial known = trials.get(number);
          if (known != null && known.hasEnded()) {
            continue;
          }
          Optional<Trial> trial =
              known != null
                  ? Optional.of(known)
                  : suggest(number)
                      .map(assignment -> Trial.running(number, sampler.name(), assignment));
          if (trial.isEmpty()) {
            closed = true;
            break;
          }
          Trial started = trial.get().as(objective.run(trial.get()));
          if (!started.equals(known)) {
            add(started);
          }
          listener.started(started);
          return Optional.of(started);
        }
        return Optional.empty();
      }
    }

    void close() {
      synchronized (Study.this) {
        closed = true;
      }
    }

    private Optional<Map<String, JsonNode>> suggest(int number) {
      List<Trial> ended = trials.values().stream().filter(Trial::hasEnded).toList();
      return sampler.suggest(space, config.seed(), number, ended);
    }
  }
}
