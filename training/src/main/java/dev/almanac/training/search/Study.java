package dev.almanac.training.search;

import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.search.prune.Pruner;
import dev.almanac.training.search.prune.Pruners;
import dev.almanac.training.search.sample.Sampler;
import dev.almanac.training.search.sample.Samplers;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The trials of one question, kept in a folder as they go.
 *
 * <p>Killed and opened again it goes on: trials that ended are not repeated, and those that were
 * under way run again with the same values, as the run that they were. One process leads it: it
 * holds the folder's {@link Lease} until it is closed, or the JVM ends; others may {@link #join}.
 */
public final class Study implements AutoCloseable {
  private final String folder;
  private final StudyConfig question;
  private final SearchSpace space;
  private final Sampler sampler;
  private final Pruner pruner;
  private final StudyStore store;
  private final Lease lease;
  private final Ledger ledger;

  private Study(
      String folder, StudyConfig question, SearchSpace space, StudyStore store, Lease lease) {
    this.folder = folder;
    this.question = question;
    this.space = space;
    this.sampler = Samplers.of(question.sampler(), question.goal());
    this.pruner =
        Pruners.of(question.course().pruner(), question.goal(), question.course().epochs());
    this.store = store;
    this.lease = lease;
    this.ledger = new Ledger(pruner, question.course().epochs(), question.goal());
    store.lines().forEach(ledger::add);
  }

  /**
   * Opens the study of a folder, or starts one there.
   *
   * @param accepted whether the trials to come may be chosen otherwise than those before: by
   *     another sampler, seed, pruner or order, or in another space
   * @throws SearchException when the folder holds a study of another question, or the sampler
   *     cannot search the space
   * @throws LeaseException when another process searches there
   */
  public static Study open(String folder, StudyConfig question, SearchSpace space, boolean accepted)
      throws IOException {
    Samplers.of(question.sampler(), question.goal()).trials(space);
    Lease lease = Lease.take(folder, "search in %s".formatted(folder));
    try {
      return new Study(folder, question, space, StudyStore.open(folder, question, accepted), lease);
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Takes part in a study that another process leads, until it has ended or nobody leads it any
   * more.
   *
   * <p>It works on segments that the leader gives it; decisions stay the leader's, so that trials
   * and winner are those that it would have come to alone.
   *
   * @param parallel segments at once
   * @return what ended the study, whose leader may still be choosing; null when the leader went
   *     before, so that this process may open it
   * @throws SearchException when the folder's study asks another question
   * @throws InterruptedException when a trial was stopped from outside
   */
  public static Budget.End join(
      String folder,
      StudyConfig question,
      Objective objective,
      int parallel,
      StudyListener listener)
      throws IOException, InterruptedException {
    while (!StudyRecord.isThere(folder)) {
      // Its leader has only just begun.
      if (Lease.holder(folder).isEmpty()) {
        return null;
      }
      Thread.sleep(Guest.PAUSE_MILLIS);
    }
    StudyStore.checkSame(folder, question);
    return new Guest(folder, objective, listener).run(parallel);
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
   * Runs trials until a budget is used up or the space holds no more.
   *
   * @return what ended the study
   * @throws InterruptedException when a trial was stopped from outside
   */
  public Budget.End run(Objective objective, Effort effort, StudyListener listener)
      throws IOException, InterruptedException {
    store.goesOn(effort);
    Sampler chosen = sampler(effort.budget().trials());
    Engine engine = new Engine(question, space, chosen, pruner, ledger, effort);
    Workers workers =
        new Workers(question, ledger, engine, objective, listener, this::write, new Guests(folder));
    Budget.End end = workers.run(effort);
    lease.confirm();
    store.ended(end);
    return end;
  }

  /**
   * What suggests its trials.
   *
   * @param trials of the budget; null when it has no such bound
   */
  public Sampler sampler(Integer trials) {
    return sampler.choice(space, trials, ledger.trials());
  }

  private void write(List<Trial> lines) throws IOException {
    if (!lines.isEmpty()) {
      lease.confirm();
      store.add(lines);
    }
  }

  /** All trials by number. */
  public List<Trial> trials() {
    return ledger.trials();
  }

  /** The finished trial with the best value; of equals, the first. */
  public Optional<Trial> best() {
    return ranked().stream().findFirst();
  }

  /** The finished trials, the best first; of equals, the first of them. */
  public List<Trial> ranked() {
    return trials().stream()
        .filter(trial -> trial.state() == Trial.State.FINISHED)
        .sorted(Comparator.comparing(Trial::value, question.goal().bestFirst()))
        .toList();
  }
}
