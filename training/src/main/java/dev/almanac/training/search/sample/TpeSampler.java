package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tree-structured Parzen estimator: parts past trials into the good ones and the others, draws from
 * where the good ones are, and takes of what it drew what is likeliest under the good ones beside
 * the others. All parameters at once; those that hang on a condition by themselves, from the trials
 * that have them.
 *
 * <p>As Optuna 5 has it (its {@code TPESampler(multivariate=True, group=True,
 * constant_liar=True)}), but for what lowers its regret: it starts with points of a {@link
 * SobolSampler} and not by chance; 64 draws and not 24; every third trial, of trials at once every
 * eighth, looks closer, with kernels of good trials that may be a quarter as wide; and every eighth
 * takes any category, lest the first good one keep all others out. What is under way counts as bad,
 * so that trials at once go to several places.
 */
public final class TpeSampler implements Sampler {
  /** Trials with a value before it learns. */
  private static final int STARTUP = 10;

  private static final int CANDIDATES = 64;

  /** How much narrower kernels may be in such trials. */
  private static final double CLOSER = 4;

  private final Goal goal;

  TpeSampler(Goal goal) {
    this.goal = goal;
  }

  @Override
  public String name() {
    return "tpe";
  }

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public int trials(SearchSpace space) {
    return new RandomSampler().trials(space);
  }

  @Override
  public Optional<Map<String, JsonNode>> suggest(
      SearchSpace space, long seed, int number, List<Trial> past) {
    Split split = Split.of(past, goal);
    if (split.measured() < STARTUP) {
      return start(space).suggest(space, seed, number, past);
    }
    boolean isCloser = number % (split.underWay() ? 8 : 3) == 0;
    boolean isOpen = number % 8 == 5;
    Proposal proposal =
        new Proposal(space, split, isCloser ? CLOSER : 1, isOpen, Draw.of(seed, number, name()));
    return Optional.of(
        proposal.values(CANDIDATES).orElseGet(new Drawn(space, seed, number)::values));
  }

  /** What spreads over the space; by chance where it has too many parameters for anything else. */
  private static Sampler start(SearchSpace space) {
    return SobolSampler.suits(space) ? new SobolSampler() : new RandomSampler();
  }
}
