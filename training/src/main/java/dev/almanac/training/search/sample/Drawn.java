package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.rule.Rule;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values drawn at random, each parameter by itself, again and again until they break no rule.
 *
 * @param number of the trial that they are for
 */
record Drawn(SearchSpace space, long seed, int number) {
  /** Draws of a trial; a space whose rules leave less than one in so many is refused. */
  private static final int MOST = 10_000;

  /**
   * The values.
   *
   * @throws SearchException when rules leave next to nothing
   */
  Map<String, JsonNode> values() {
    Map<String, Integer> broken = new TreeMap<>();
    for (int attempt = 0; attempt < MOST; attempt++) {
      Map<String, JsonNode> values = attempt(attempt);
      Rule first = space.broken(values).orElse(null);
      if (first == null) {
        return values;
      }
      broken.merge(first.text(), 1, Integer::sum);
    }
    throw new SearchException(
        "Cannot search: rules leave next to nothing of the space (none of %s random draws; the first broken of each: %s)"
            .formatted(MOST, broken));
  }

  /** The same place for a parameter whatever stands beside it, and another in each attempt. */
  private Map<String, JsonNode> attempt(int attempt) {
    String suffix = attempt == 0 ? "" : "#" + attempt;
    return space.assign(
        parameter -> parameter.domain().at(Draw.place(seed, number, parameter.path() + suffix)));
  }
}
