package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws every parameter independently: trial i depends only on seed, space and i. */
public final class RandomSampler implements Sampler {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public Optional<Map<String, JsonNode>> suggest(
      SearchSpace space, long seed, int number, List<Trial> past) {
    return Optional.of(
        space.assign(
            parameter -> parameter.domain().at(Draw.place(seed, number, parameter.path()))));
  }

  @Override
  public int trials(SearchSpace space) {
    return Integer.MAX_VALUE;
  }
}
