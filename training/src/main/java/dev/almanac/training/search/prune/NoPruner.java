package dev.almanac.training.search.prune;

import dev.almanac.training.search.trial.Trial;
import java.util.List;
import java.util.Optional;

/** Lets every trial train to its end. */
public final class NoPruner implements Pruner {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public int untilEpoch(Trial trial) {
    return Integer.MAX_VALUE;
  }

  @Override
  public Verdict decide(Trial trial, List<Trial> history) {
    return Verdict.CONTINUE;
  }

  @Override
  public Optional<Trial> promote(List<Trial> history) {
    return Optional.empty();
  }
}
