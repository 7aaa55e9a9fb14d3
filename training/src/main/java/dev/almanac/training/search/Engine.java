package dev.almanac.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.prune.Pruner;
import dev.almanac.training.search.sample.Sampler;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a study does next: which trials begin, go on, wait and end. What it decides is a
 * pure function of the ledger, of what it is told and of the order in which it is told; it trains
 * nothing. Not thread-safe.
 */
final class Engine {
  private final StudyConfig question;
  private final SearchSpace space;
  private final Sampler sampler;
  private final Pruner pruner;
  private final Ledger ledger;
  private final Effort effort;

  /** Lines decided and not yet written. */
  private final List<Trial> decided = new ArrayList<>();

  private Budget.End end;

  Engine(
      StudyConfig question,
      SearchSpace space,
      Sampler sampler,
      Pruner pruner,
      Ledger ledger,
      Effort effort) {
    this.question = question;
    this.space = space;
    this.sampler = sampler;
    this.pruner = pruner;
    this.ledger = ledger;
    this.effort = effort;
  }

  /** Names the run of a trial that begins or goes on. */
  @FunctionalInterface
  interface Naming {
    String run(Trial trial) throws IOException;
  }

  /** Adds the trials that were taken over and are not there yet. */
  void takeOver() {
    for (Given given : effort.given()) {
      if (given.isTakenOver() && ledger.trials().stream().noneMatch(given::is)) {
        add(given.trial(ledger.next()));
      }
    }
  }

  /** Names anew the runs of trials that were under way when an earlier process ended. */
  void goOn(Naming naming) throws IOException {
    for (Segment segment : List.copyOf(ledger.open())) {
      Trial now = segment.trial().as(naming.run(segment.trial()));
      if (!now.equals(segment.trial())) {
        add(now);
      }
    }
  }

  /** Begins segments until enough are open, or the study is over. */
  void fill(Naming naming) throws IOException {
    while (ledger.open().size() < width()) {
      Optional<Trial> next = next();
      if (next.isEmpty()) {
        return;
      }
      add(next.get().as(naming.run(next.get())));
    }
  }

  private int width() {
    Integer inFlight = question.course().inFlight();
    return inFlight == null ? effort.parallel() : inFlight;
  }

  private Optional<Trial> next() {
    end = goal();
    if (end != null) {
      return Optional.empty();
    }
    List<Trial> history = ledger.trials();
    Optional<Trial> waiting = ledger.interrupted().or(() -> pruner.promote(history));
    if (waiting.isEmpty()) {
      waiting = begin(history);
    }
    if (waiting.isEmpty() && ledger.open().isEmpty() && ledger.best() == null) {
      // Of very few trials none may be promoted to the end; a search without a model is of no use.
      waiting = ledger.farthest();
    }
    if (waiting.isPresent() && !fits(waiting.get(), ledger.committed())) {
      end = Budget.End.EPOCHS;
      return Optional.empty();
    }
    return waiting;
  }

  /** What the study was for and has reached. */
  private Budget.End goal() {
    Budget budget = effort.budget();
    Double best = ledger.best();
    if (budget.target() != null
        && best != null
        && question.goal().bestFirst().compare(best, budget.target()) <= 0) {
      return Budget.End.TARGET;
    }
    return budget.plateau() != null && ledger.sinceBest() >= budget.plateau()
        ? Budget.End.PLATEAU
        : null;
  }

  private Optional<Trial> begin(List<Trial> history) {
    Integer trials = effort.budget().trials();
    if (trials != null && ledger.own() >= trials) {
      end = Budget.End.TRIALS;
      return Optional.empty();
    }
    int number = ledger.next();
    for (Given given : effort.given()) {
      if (history.stream().noneMatch(given::is)) {
        return Optional.of(given.trial(number));
      }
    }
    int suggested =
        (int) history.stream().filter(trial -> trial.origin().equals(sampler.name())).count();
    Optional<Map<String, JsonNode>> values =
        sampler.suggest(space, question.seed(), suggested, history);
    if (values.isEmpty()) {
      end = Budget.End.SPACE;
    }
    return values.map(assignment -> Trial.running(number, sampler.name(), assignment));
  }

  /**
   * Whether a trial's next segment is within the budget of epochs.
   *
   * @param committed what is trained, or may be without it
   */
  private boolean fits(Trial trial, long committed) {
    Long budget = effort.budget().epochs();
    long each = question.course().epochs().each();
    return budget == null || committed + ledger.planned(trial) <= budget * each;
  }

  /**
   * Hears what came of a segment.
   *
   * @return the trial as it is now
   */
  Trial settle(Segment segment, Answer answer) {
    Trial trial = answer.of(segment, question.metric(), question.course().epochs().resource());
    if (trial.state() == Trial.State.RUNNING) {
      trial = looked(segment, trial);
    }
    add(trial);
    return trial;
  }

  private Trial looked(Segment segment, Trial trial) {
    List<Trial> history = new ArrayList<>(ledger.trials());
    history.replaceAll(other -> other.number() == trial.number() ? trial : other);
    Pruner.Verdict verdict = pruner.decide(trial, history);
    return switch (verdict.kind()) {
      case STOP -> trial.pruned(verdict.reason());
      case PAUSE -> trial.paused(null);
      case CONTINUE -> goesOn(segment, trial);
    };
  }

  private Trial goesOn(Segment segment, Trial trial) {
    long trained = trial.reached() - segment.trial().reached();
    Budget.End over = goal();
    if (over == null && !fits(trial, ledger.committed() - segment.planned() + trained)) {
      over = Budget.End.EPOCHS;
    }
    if (over == null) {
      return trial;
    }
    end = over;
    return trial.paused("the study was over: %s".formatted(over.text()));
  }

  private void add(Trial trial) {
    ledger.add(trial);
    decided.add(trial);
  }

  /** Takes what was decided since this was last called. */
  List<Trial> decided() {
    List<Trial> lines = List.copyOf(decided);
    decided.clear();
    return lines;
  }

  /** What keeps new segments from being begun; null when nothing does. */
  Budget.End end() {
    return end;
  }
}
