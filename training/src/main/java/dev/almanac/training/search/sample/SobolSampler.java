package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills the space more evenly than chance does: trial i is the i-th point of a scrambled {@link
 * Sobol} sequence, in which each parameter has a coordinate of its own, whether it exists or not. A
 * point that breaks a rule gives way to a random draw.
 */
public final class SobolSampler implements Sampler {
  @Override
  public String name() {
    return "sobol";
  }

  @Override
  public Optional<Map<String, JsonNode>> suggest(
      SearchSpace space, long seed, int number, List<Trial> past) {
    List<Parameter> parameters = space.parameters();
    double[] point = new Sobol(parameters.size()).point(number, seed);
    Map<Parameter, Double> places = new HashMap<>();
    for (int i = 0; i < point.length; i++) {
      places.put(parameters.get(i), point[i]);
    }
    Map<String, JsonNode> values =
        space.assign(parameter -> parameter.domain().at(places.get(parameter)));
    return Optional.of(space.allows(values) ? values : new Drawn(space, seed, number).values());
  }

  @Override
  public int trials(SearchSpace space) {
    if (!suits(space)) {
      throw new SearchException(
          "Cannot search by sobol: it has coordinates for %s parameters (%s)"
              .formatted(Sobol.MOST, space.parameters().size()));
    }
    return new RandomSampler().trials(space);
  }

  /** Whether there is a coordinate for each parameter. */
  static boolean suits(SearchSpace space) {
    return space.parameters().size() <= Sobol.MOST;
  }
}
