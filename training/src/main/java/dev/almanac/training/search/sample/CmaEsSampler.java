package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Axis;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves a normal distribution towards the better trials, generation by generation ({@link CmaEs});
 * for spaces of numbers alone.
 *
 * <p>Its own trials that have a value make up the generations, by number; a generation is as many
 * as it needs, so that trials at once are no reason to wait. It starts where the best of the trials
 * is that were given, or in the middle; and once it has nowhere left to go, again at random with
 * generations twice as large.
 */
public final class CmaEsSampler implements Sampler {
  /** Of the cube's width: a distribution that is narrower has found what it can. */
  private static final double NARROW = 1e-7;

  /** Draws for a point inside the cube, then for one that breaks no rule. */
  private static final int PATIENCE = 100;

  private final Goal goal;

  CmaEsSampler(Goal goal) {
    this.goal = goal;
  }

  @Override
  public String name() {
    return "cma-es";
  }

  @Override
  public boolean learns() {
    return true;
  }

  /** Whether every parameter is a number that exists in every trial, and one at least varies. */
  static boolean suits(SearchSpace space) {
    return space.parameters().stream().allMatch(CmaEsSampler::isNumber)
        && space.parameters().stream().anyMatch(CmaEsSampler::varies);
  }

  private static boolean isNumber(Parameter parameter) {
    List<Axis> axes = parameter.domain().axes();
    return parameter.when().isEmpty()
        && axes.size() == 1
        && (!axes.get(0).isCategorical() || axes.get(0).isPoint());
  }

  private static boolean varies(Parameter parameter) {
    return !parameter.domain().axes().get(0).isPoint();
  }

  @Override
  public int trials(SearchSpace space) {
    for (Parameter parameter : space.parameters()) {
      if (!isNumber(parameter)) {
        throw new SearchException(
            "Cannot search '%s' by cma-es: it searches numbers that every trial has; tpe searches all others, too"
                .formatted(parameter.path()));
      }
    }
    if (!suits(space)) {
      throw new SearchException("Cannot search by cma-es: the space holds one trial alone");
    }
    return new RandomSampler().trials(space);
  }

  @Override
  public Optional<Map<String, JsonNode>> suggest(
      SearchSpace space, long seed, int number, List<Trial> past) {
    trials(space);
    Cube cube = new Cube(space);
    CmaEs state = replay(cube, seed, past);
    Draw random = Draw.of(seed, number, name());
    for (int attempt = 0; attempt < PATIENCE; attempt++) {
      double[] point = cube.draw(state, random, PATIENCE);
      Map<String, JsonNode> values = cube.values(point);
      if (space.allows(values)) {
        return Optional.of(values);
      }
    }
    return Optional.of(new Drawn(space, seed, number).values());
  }

  private CmaEs replay(Cube cube, long seed, List<Trial> past) {
    List<Trial> own = past.stream().filter(trial -> trial.origin().equals(name())).toList();
    List<Trial> given = past.stream().filter(trial -> !trial.origin().equals(name())).toList();
    double[] start = new double[cube.size()];
    Arrays.fill(start, 0.5);
    for (Trial best : Ranking.of(given, goal)) {
      double[] point = cube.point(best);
      if (point != null) {
        start = point;
        break;
      }
    }
    List<Trial> ended =
        own.stream().filter(Ranking::hasValue).filter(trial -> cube.point(trial) != null).toList();
    CmaEs state = new CmaEs(start, CmaEs.population(cube.size()));
    int from = 0;
    while (from + state.population() <= ended.size()) {
      List<Trial> generation = ended.subList(from, from + state.population());
      from += state.population();
      List<Trial> ranked = Ranking.of(generation, goal);
      state.learn(ranked.stream().map(cube::point).toArray(double[][]::new));
      if (state.spread() < NARROW) {
        Draw random = Draw.of(seed, from, name() + " again");
        state =
            new CmaEs(
                Arrays.stream(new double[cube.size()]).map(each -> random.next()).toArray(),
                2 * state.population());
      }
    }
    return state;
  }
}
