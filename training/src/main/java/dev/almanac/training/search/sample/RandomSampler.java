package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws every parameter independently, again until no rule is broken: trial i depends only on seed,
 * space and i.
 */
public final class RandomSampler implements Sampler {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public Optional<Map<String, JsonNode>> suggest(
      SearchSpace space, long seed, int number, List<Trial> past) {
    return Optional.of(new Drawn(space, seed, number).values());
  }

  @Override
  public int trials(SearchSpace space) {
    // A space of which its rules leave nothing is refused before it is searched.
    new Drawn(space, 0, 0).values();
    return Integer.MAX_VALUE;
  }
}
