package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Axis;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the sampler that suits the space and the number of trials, and keeps to it: all there is
 * where the trials suffice for that; CMA-ES where there are numbers alone and many trials for each;
 * else TPE.
 */
public final class AutoSampler implements Sampler {
  /**
   * Trials for each parameter from which on CMA-ES is taken: with 100 it ended nearer to the
   * optimum than TPE, with 20 to 40 on one function of four.
   */
  private static final int MANY = 50;

  private final Goal goal;

  AutoSampler(Goal goal) {
    this.goal = goal;
  }

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public Sampler choice(SearchSpace space, Integer trials, List<Trial> past) {
    for (Trial trial : past) {
      switch (trial.origin()) {
        case "tpe":
          return new TpeSampler(goal);
        case "cma-es":
          if (CmaEsSampler.suits(space)) {
            return new CmaEsSampler(goal);
          }
          return new TpeSampler(goal);
        default:
          // Of a grid, or of somebody who chose: nothing was learned that would be lost.
      }
    }
    if (trials != null && isAll(space, trials)) {
      return new GridSampler();
    }
    boolean isLong = trials != null && trials / MANY >= space.parameters().size();
    return isLong && CmaEsSampler.suits(space) ? new CmaEsSampler(goal) : new TpeSampler(goal);
  }

  /** Whether a grid of so many trials tries all that there is. */
  private static boolean isAll(SearchSpace space, int trials) {
    try {
      return space.parameters().stream().allMatch(AutoSampler::isListed)
          && new GridSampler().trials(space) <= trials;
    } catch (SearchException tooMany) {
      return false;
    }
  }

  /** Whether a grid tries each of its values. */
  private static boolean isListed(Parameter parameter) {
    long all = 0;
    List<Axis> axes = parameter.domain().axes();
    for (Axis axis : axes) {
      if (axis.isCategorical()) {
        // Of two axes the first says whether there is a line at all.
        all += axes.size() == 1 ? axis.categories() : 1;
      } else if (axis.step() > 0 || axis.isPoint()) {
        all += axis.isPoint() ? 1 : Math.round((axis.high() - axis.low()) / axis.step()) + 1;
      } else {
        return false;
      }
    }
    return parameter.domain().grid().size() == all;
  }

  @Override
  public Optional<Map<String, JsonNode>> suggest(
      SearchSpace space, long seed, int number, List<Trial> past) {
    return choice(space, null, past).suggest(space, seed, number, past);
  }

  @Override
  public int trials(SearchSpace space) {
    return new RandomSampler().trials(space);
  }
}
