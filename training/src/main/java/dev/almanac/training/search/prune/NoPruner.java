package dev.almanac.training.search.prune;

import dev.almanac.training.search.trial.Trial;
import dev.almanac.training.setting.Kind;
import java.util.List;

/** Lets every trial train to its end. */
public final class NoPruner implements Pruner {
  static final Kind<Pruners.Making> KIND =
      new Kind<>("none", List.of(), chosen -> (goal, epochs) -> new NoPruner());

  @Override
  public int until(Trial trial) {
    return Integer.MAX_VALUE;
  }

  @Override
  public Verdict decide(Trial trial, List<Trial> history) {
    return Verdict.CONTINUE;
  }
}
