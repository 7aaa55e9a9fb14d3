package dev.almanac.training.search.prune;

import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Setting;
import java.util.List;
import java.util.Optional;

/**
 * Asynchronous successive halving (Li et al., A System for Massively Parallel Hyperparameter
 * Tuning, 2020): rungs at {@code min}, {@code min eta}, {@code min eta^2} .. epochs, or row groups.
 *
 * <p>In the form that promotes, each trial waits at its rung, and the best that waits goes on as
 * long as no more than one in {@code eta} of those that reached the rung have left it. In the form
 * that stops, a trial ends at a rung unless it is among the best one in {@code eta} of those that
 * reached it before; the first of all always is.
 */
public record Asha(Goal goal, Resource resource, Rungs rungs, Form form) implements Pruner {
  static final Setting RESOURCE =
      Setting.word("resource", Resource.EPOCHS.text(), Resource.names());
  static final Setting MIN = Setting.whole("min", 1, 1, 1_000_000);
  static final Setting ETA = Setting.whole("eta", 3, 2, 1_000);
  static final Setting FORM = Setting.word("form", Form.PROMOTE.text(), Form.names());

  static final Kind<Pruners.Making> KIND =
      new Kind<>(
          "asha",
          List.of(RESOURCE, MIN, ETA, FORM),
          chosen ->
              (goal, epochs) ->
                  new Asha(
                      goal,
                      epochs.resource(),
                      new Rungs(chosen.whole(MIN.key()), chosen.whole(ETA.key())),
                      Form.of(chosen.text(FORM.key()))));

  @Override
  public int until(Trial trial) {
    return rungs.after(trial.reached());
  }

  @Override
  public Verdict decide(Trial trial, List<Trial> history) {
    if (form == Form.PROMOTE) {
      return Verdict.PAUSE;
    }
    Rung rung = new Rung(trial.reached(), goal, history);
    int rank = rung.rank(trial);
    return rank < Math.max(1, rung.size() / rungs.eta())
        ? Verdict.CONTINUE
        : Verdict.stop(
            "after %s it was number %s of %s, and one in %s goes on"
                .formatted(resource.at(rung.place()), rank + 1, rung.size(), rungs.eta()));
  }

  @Override
  public Optional<Trial> promote(List<Trial> history) {
    int farthest = history.stream().mapToInt(Trial::reached).max().orElse(0);
    for (int at : rungs.downFrom(farthest)) {
      Rung rung = new Rung(at, goal, history);
      Optional<Trial> waiting = rung.bestWaiting();
      if (waiting.isPresent() && rung.left() < rung.size() / rungs.eta()) {
        return waiting;
      }
    }
    return Optional.empty();
  }
}
