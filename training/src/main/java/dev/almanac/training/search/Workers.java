package dev.almanac.training.search;

import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Works on the open segments of a study until it is over: threads that train, and decisions as soon
 * as what they need is known.
 *
 * <p>Each thread takes the segment that ends first by the study's clock. In deterministic order a
 * result waits until those of all segments that end before it are there; in asynchronous order it
 * is heard at once.
 */
final class Workers {
  /** Seconds that trials have to write their state when the time is up. */
  private static final int GRACE = 120;

  /** Between two looks at who has joined. */
  private static final int LOOK_MILLIS = 500;

  private final StudyConfig question;
  private final Ledger ledger;
  private final Engine engine;
  private final Objective objective;
  private final StudyListener listener;
  private final Journal journal;
  private final Guests guests;

  /** By number of the trial: what came of its open segment and is not yet heard, as it came. */
  private final Map<Integer, Answer> arrived = new LinkedHashMap<>();

  /** Numbers of trials that a thread has taken. */
  private final Set<Integer> taken = new HashSet<>();

  private boolean isOver;
  private boolean isTimeUp;
  private Throwable broken;

  /** Where decisions are written before anything is done about them. */
  @FunctionalInterface
  interface Journal {
    void write(List<Trial> lines) throws IOException;
  }

  Workers(
      StudyConfig question,
      Ledger ledger,
      Engine engine,
      Objective objective,
      StudyListener listener,
      Journal journal,
      Guests guests) {
    this.question = question;
    this.ledger = ledger;
    this.engine = engine;
    this.objective = objective;
    this.listener = listener;
    this.journal = journal;
    this.guests = guests;
  }

  /**
   * Runs until the study is over.
   *
   * @return what ended it
   * @throws InterruptedException when a trial was stopped from outside
   */
  Budget.End run(Effort effort) throws IOException, InterruptedException {
    synchronized (this) {
      engine.takeOver();
      journal.write(engine.decided());
      ledger.trials().stream().filter(Trial::hasEnded).forEach(listener::known);
      engine.goOn(objective::run);
      meet(guests.look());
    }
    ExecutorService threads = Executors.newFixedThreadPool(effort.parallel());
    try {
      for (int i = 0; i < effort.parallel(); i++) {
        threads.execute(this::work);
      }
      threads.shutdown();
      await(threads, effort.budget().seconds());
    } finally {
      synchronized (this) {
        isOver = true;
        notifyAll();
      }
      threads.shutdownNow();
    }
    synchronized (this) {
      rethrow(broken);
      return isTimeUp ? Budget.End.TIME : engine.end();
    }
  }

  /** Waits for the threads, and for other processes that join in. */
  private void await(ExecutorService threads, Long seconds)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!threads.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (seconds != null && System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(seconds)) {
        timeIsUp();
        threads.awaitTermination(GRACE, TimeUnit.SECONDS);
        return;
      }
      meet(guests.look());
    }
  }

  private synchronized void meet(Guests.Look look) throws IOException {
    if (isOver) {
      return;
    }
    look.answers()
        .forEach(
            (task, answer) -> {
              if (ledger.open().stream().anyMatch(task::isOf)
                  && arrived.putIfAbsent(task.trial().number(), answer) == null) {
                listener.trained(task.trial());
              }
            });
    look.freed().forEach(task -> taken.remove(task.trial().number()));
    // What another leader gave away is not to be begun here as well.
    guests.given().forEach(task -> taken.add(task.trial().number()));
    advance();
    guests.give(
        look,
        () -> {
          Segment next = free();
          return next == null ? null : new Task(next.trial(), next.until());
        });
  }

  private void timeIsUp() {
    synchronized (this) {
      isTimeUp = true;
      isOver = true;
      notifyAll();
    }
    objective.stop();
  }

  private void work() {
    try {
      for (Segment segment = take(); segment != null; segment = take()) {
        Answer answer = Answer.of(objective, segment.trial(), segment.until());
        synchronized (this) {
          listener.trained(segment.trial());
          arrived.put(segment.number(), answer);
          advance();
        }
      }
    } catch (Throwable stopped) {
      synchronized (this) {
        // Whatever stopped this thread, the others end the segments they have and begin none.
        if (!(isTimeUp && stopped instanceof InterruptedException) && broken == null) {
          broken = stopped;
        }
        isOver = true;
        notifyAll();
      }
    }
  }

  /** The next segment to work on; null when there is none and there will be none. */
  private synchronized Segment take() throws InterruptedException {
    while (!isOver) {
      Segment next = free();
      if (next != null) {
        return next;
      }
      wait();
    }
    return null;
  }

  /** Takes the first segment that nobody works on; null when there is none. */
  private Segment free() {
    for (Segment segment : ledger.byEnd()) {
      if (!arrived.containsKey(segment.number()) && taken.add(segment.number())) {
        listener.started(segment.trial());
        return segment;
      }
    }
    return null;
  }

  /** Decides what can be decided now; holds the lock. */
  private void advance() throws IOException {
    List<Trial> told = new ArrayList<>();
    if (!isOver) {
      engine.fill(objective::run);
    }
    for (Segment next = next(); next != null; next = next()) {
      Answer answer = arrived.remove(next.number());
      taken.remove(next.number());
      told.add(engine.settle(next, answer));
      if (!isOver) {
        engine.fill(objective::run);
      }
    }
    journal.write(engine.decided());
    for (Trial trial : told) {
      tell(trial);
    }
    if (ledger.open().isEmpty()) {
      isOver = true;
    }
    notifyAll();
  }

  /** The segment whose result is heard next, when it is there. */
  private Segment next() {
    if (question.course().order() == Order.DETERMINISTIC) {
      List<Segment> open = ledger.byEnd();
      return !open.isEmpty() && arrived.containsKey(open.get(0).number()) ? open.get(0) : null;
    }
    Iterator<Integer> first = arrived.keySet().iterator();
    if (!first.hasNext()) {
      return null;
    }
    int number = first.next();
    return ledger.open().stream()
        .filter(segment -> segment.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private void tell(Trial trial) throws IOException {
    if (!trial.hasEnded()) {
      listener.rung(trial);
      return;
    }
    if (trial.state() == Trial.State.PRUNED) {
      objective.pruned(trial);
    }
    listener.ended(trial);
  }

  static void rethrow(Throwable broken) throws IOException, InterruptedException {
    if (broken instanceof IOException io) {
      throw io;
    } else if (broken instanceof InterruptedException stopped) {
      throw stopped;
    } else if (broken instanceof RuntimeException runtime) {
      throw runtime;
    } else if (broken instanceof Error error) {
      throw error;
    }
  }
}
