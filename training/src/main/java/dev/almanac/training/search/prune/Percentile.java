package dev.almanac.training.search.prune;

import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import java.util.List;
import java.util.Locale;

/**
 * Ends a trial that is worse after an epoch, or some row groups, than a share of the finished
 * trials were after the same; with a share of one half, the median rule of Golovin et al., Google
 * Vizier, 2017.
 *
 * @param keep per cent of the finished trials, the best of them, that a trial must be as good as
 *     the worst of
 * @param startup finished trials before which none is ended
 * @param from the first epoch, or row groups, after which a trial is looked at
 * @param every epochs, or row groups, between two looks
 */
public record Percentile(Goal goal, Epochs epochs, double keep, int startup, int from, int every)
    implements Pruner {
  private static final Setting KEEP =
      Setting.number("keep", 25, new Rule.Decimal(0, 100, "from 0 to 100"));
  private static final Setting STARTUP = Setting.whole("startup", 5, 1, 1_000_000);
  private static final Setting FROM = Setting.whole("from", 1, 1, 1_000_000);
  private static final Setting EVERY = Setting.whole("every", 1, 1, 1_000_000);

  static final Kind<Pruners.Making> MEDIAN =
      new Kind<>(
          "median",
          List.of(Asha.RESOURCE, STARTUP, FROM, EVERY),
          chosen ->
              (goal, epochs) ->
                  new Percentile(
                      goal,
                      epochs,
                      50,
                      chosen.whole(STARTUP.key()),
                      chosen.whole(FROM.key()),
                      chosen.whole(EVERY.key())));

  static final Kind<Pruners.Making> KIND =
      new Kind<>(
          "percentile",
          List.of(Asha.RESOURCE, KEEP, STARTUP, FROM, EVERY),
          chosen ->
              (goal, epochs) ->
                  new Percentile(
                      goal,
                      epochs,
                      chosen.number(KEEP.key()),
                      chosen.whole(STARTUP.key()),
                      chosen.whole(FROM.key()),
                      chosen.whole(EVERY.key())));

  @Override
  public int until(Trial trial) {
    return trial.reached() < from ? from : from + ((trial.reached() - from) / every + 1) * every;
  }

  @Override
  public Verdict decide(Trial trial, List<Trial> history) {
    int place = trial.reached();
    List<Double> finished =
        history.stream()
            .filter(other -> other.state() == Trial.State.FINISHED && other.reached() >= place)
            .map(other -> other.valueAt(place))
            .filter(value -> value != null)
            .sorted(goal.bestFirst())
            .toList();
    if (finished.size() < startup) {
      return Verdict.CONTINUE;
    }
    double bound = bound(finished);
    return goal.bestFirst().compare(trial.value(), bound) <= 0
        ? Verdict.CONTINUE
        : Verdict.stop(
            String.format(
                Locale.ROOT,
                "after %s it was at %.6g, and the best %s %% of %d finished trials at %.6g or better",
                epochs.resource().at(place),
                trial.value(),
                keep == Math.rint(keep) ? Long.toString((long) keep) : Double.toString(keep),
                finished.size(),
                bound));
  }

  /** Between two values, the line through them. */
  private double bound(List<Double> bestFirst) {
    double at = keep / 100 * (bestFirst.size() - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, bestFirst.size() - 1);
    double first = bestFirst.get(below);
    return first + (bestFirst.get(above) - first) * (at - below);
  }
}
