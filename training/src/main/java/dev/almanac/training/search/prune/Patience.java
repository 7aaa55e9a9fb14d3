package dev.almanac.training.search.prune;

import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import java.util.List;
import java.util.Locale;

/**
 * Ends a trial that has not become better for some epochs, unless it is the best that there is.
 *
 * @param waits epochs
 * @param least by how much a value has to be better
 */
public record Patience(Goal goal, int waits, double least) implements Pruner {
  private static final Setting EPOCHS = Setting.whole("epochs", 5, 1, 1_000_000);
  private static final Setting LEAST = Setting.number("min-delta", 0, Rule.Decimal.SIZE);

  static final Kind<Pruners.Making> KIND =
      new Kind<>(
          "patience",
          List.of(EPOCHS, LEAST),
          chosen ->
              (goal, epochs) ->
                  new Patience(goal, chosen.whole(EPOCHS.key()), chosen.number(LEAST.key())));

  @Override
  public int until(Trial trial) {
    return Math.max(trial.reached(), waits) + 1;
  }

  @Override
  public Verdict decide(Trial trial, List<Trial> history) {
    Double before = trial.valueAt(trial.reached() - waits);
    if (before == null
        || Math.abs(trial.value() - before) > least
            && goal.bestFirst().compare(trial.value(), before) < 0) {
      return Verdict.CONTINUE;
    }
    boolean isBest =
        history.stream()
            .filter(other -> other.number() != trial.number() && other.value() != null)
            .allMatch(other -> goal.bestFirst().compare(trial.value(), other.value()) <= 0);
    return isBest
        ? Verdict.CONTINUE
        : Verdict.stop(
            String.format(
                Locale.ROOT,
                "after epoch %d it was no better than %d epochs before (%.6g)",
                trial.reached(),
                waits,
                trial.value()));
  }
}
