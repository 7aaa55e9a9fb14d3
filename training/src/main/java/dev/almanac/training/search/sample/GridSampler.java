package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.rule.Rule;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every combination once, the last parameter varying fastest. Combinations that differ only in a
 * parameter that does not apply to them count as one; those that break a rule are left out.
 */
public final class GridSampler implements Sampler {
  /** More trials than anybody trains; beyond it the list itself would not fit. */
  private static final int MOST = 100_000;

  @Override
  public String name() {
    return "grid";
  }

  @Override
  public Optional<Map<String, JsonNode>> suggest(
      SearchSpace space, long seed, int number, List<Trial> past) {
    List<Map<String, JsonNode>> all = combinations(space);
    return number < all.size() ? Optional.of(all.get(number)) : Optional.empty();
  }

  @Override
  public int trials(SearchSpace space) {
    return combinations(space).size();
  }

  private static List<Map<String, JsonNode>> combinations(SearchSpace space) {
    List<Map<String, JsonNode>> all = List.of(Map.of());
    for (Parameter parameter : space.parameters()) {
      List<JsonNode> values = values(parameter);
      List<Map<String, JsonNode>> wider = new ArrayList<>();
      for (Map<String, JsonNode> combination : all) {
        if (!parameter.exists(combination)) {
          wider.add(combination);
          continue;
        }
        for (JsonNode value : values) {
          Map<String, JsonNode> next = new LinkedHashMap<>(combination);
          next.put(parameter.path(), value);
          if (space.allows(next)) {
            wider.add(next);
          }
        }
        if (wider.size() > MOST) {
          throw new SearchException(
              "Cannot search a grid: it has at most %s trials; take fewer `steps`, or the random sampler"
                  .formatted(MOST));
        }
      }
      all = wider;
    }
    if (all.isEmpty()) {
      throw new SearchException(
          "Cannot search a grid: its rules leave none of its combinations (%s)"
              .formatted(space.rules().stream().map(Rule::text).collect(Collectors.joining(", "))));
    }
    return all;
  }

  private static List<JsonNode> values(Parameter parameter) {
    try {
      return parameter.domain().grid();
    } catch (SearchException e) {
      throw new SearchException(
          "Cannot search '%s' on a grid: %s".formatted(parameter.path(), e.getMessage()));
    }
  }
}
