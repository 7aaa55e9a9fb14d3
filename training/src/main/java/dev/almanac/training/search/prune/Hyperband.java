package dev.almanac.training.search.prune;

import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.training.setting.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brackets of {@link Asha} that begin at different rungs, since what is best after few epochs may
 * not be in the end (Li et al., Hyperband, 2018): bracket s begins at {@code min eta^s}.
 *
 * <p>A trial's bracket follows from its number: of each round, so many are in a bracket that all
 * brackets train about as much. Trials are compared within their bracket alone.
 */
public final class Hyperband implements Pruner {
  static final Kind<Pruners.Making> KIND =
      new Kind<>(
          "hyperband",
          List.of(Asha.RESOURCE, Asha.MIN, Asha.ETA, Asha.FORM),
          chosen ->
              (goal, epochs) ->
                  new Hyperband(
                      goal,
                      epochs,
                      new Rungs(chosen.whole(Asha.MIN.key()), chosen.whole(Asha.ETA.key())),
                      Form.of(chosen.text(Asha.FORM.key()))));

  private final List<Asha> brackets = new ArrayList<>();

  /** The bracket of each trial of a round, by its number. */
  private final List<Integer> round = new ArrayList<>();

  Hyperband(Goal goal, Epochs epochs, Rungs rungs, Form form) {
    List<Integer> starts = new ArrayList<>();
    for (long rung = rungs.min(); rung < epochs.most(); rung *= rungs.eta()) {
      starts.add((int) rung);
    }
    // The last one compares nothing: its trials train to their end.
    starts.add(Math.max(rungs.min(), epochs.most()));
    int highest = starts.size() - 1;
    for (int start = 0; start < starts.size(); start++) {
      Rungs own = new Rungs(starts.get(start), rungs.eta());
      brackets.add(new Asha(goal, epochs.resource(), own, form));
      int halvings = highest - start;
      double trials = (highest + 1) * Math.pow(rungs.eta(), halvings) / (halvings + 1);
      for (int i = 0; i < Math.ceil(trials / (highest + 1)); i++) {
        round.add(start);
      }
    }
  }

  @Override
  public int until(Trial trial) {
    return bracket(trial).until(trial);
  }

  @Override
  public Verdict decide(Trial trial, List<Trial> history) {
    return bracket(trial).decide(trial, peers(bracket(trial), history));
  }

  @Override
  public Optional<Trial> promote(List<Trial> history) {
    return brackets.stream()
        .flatMap(bracket -> bracket.promote(peers(bracket, history)).stream())
        .findFirst();
  }

  private List<Trial> peers(Asha bracket, List<Trial> history) {
    return history.stream().filter(trial -> bracket(trial) == bracket).toList();
  }

  private Asha bracket(Trial trial) {
    return brackets.get(round.get(trial.number() % round.size()));
  }
}
