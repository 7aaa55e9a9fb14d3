package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values that somebody gives, as whole trials: what is not given is drawn, the same for the same
 * seed and place among the points.
 */
public record Points(SearchSpace space, long seed) {
  /** Draws of what is not given, until no rule is broken. */
  private static final int MOST = 1_000;

  /**
   * A trial that has these values.
   *
   * @param number of the point, from 0
   * @throws SearchException when a path is not one of the space, a value not one of its domain, or
   *     the values exclude each other
   */
  public Map<String, JsonNode> complete(Map<String, JsonNode> given, int number) {
    given.forEach(this::check);
    Map<String, JsonNode> values = drawn(given, number);
    given.forEach(
        (path, value) -> {
          if (space.parameters().stream().noneMatch(each -> has(each, path, value, values))) {
            throw new SearchException(
                "Cannot try a point: '%s' is %s only under conditions that its other values do not meet"
                    .formatted(path, value));
          }
        });
    return values;
  }

  private void check(String path, JsonNode value) {
    List<Parameter> named =
        space.parameters().stream().filter(each -> each.path().equals(path)).toList();
    if (named.isEmpty()) {
      throw new SearchException("Cannot try a point: the space does not vary '%s'".formatted(path));
    }
    if (named.stream().noneMatch(each -> each.domain().contains(value))) {
      throw new SearchException("Cannot try a point: '%s' never takes %s".formatted(path, value));
    }
  }

  private static boolean has(
      Parameter parameter, String path, JsonNode value, Map<String, JsonNode> values) {
    return parameter.path().equals(path)
        && parameter.exists(values)
        && parameter.domain().contains(value);
  }

  /**
   * The trial that the config itself is: its own value wherever the space has it.
   *
   * @param config the value that the config has at a path, or null
   * @return none when the space has none of its values, or rules forbid them
   */
  public Optional<Map<String, JsonNode>> standing(Function<String, JsonNode> config) {
    Map<String, JsonNode> own = new LinkedHashMap<>();
    for (Parameter parameter : space.parameters()) {
      JsonNode value = config.apply(parameter.path());
      if (value != null && parameter.domain().contains(value)) {
        own.put(parameter.path(), value);
      }
    }
    if (own.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(drawn(own, 0));
    } catch (SearchException forbidden) {
      return Optional.empty();
    }
  }

  /** What of the values exists together, and draws for the rest of the space. */
  private Map<String, JsonNode> drawn(Map<String, JsonNode> given, int number) {
    for (int attempt = 0; attempt < MOST; attempt++) {
      String suffix = "@" + attempt;
      Map<String, JsonNode> values =
          space.assign(
              parameter -> {
                JsonNode value = given.get(parameter.path());
                double[] own = value == null ? null : parameter.domain().coordinates(value);
                return own == null
                    ? parameter.domain().at(Draw.place(seed, number, parameter.path() + suffix))
                    : parameter.domain().value(own);
              });
      if (space.allows(values)) {
        return values;
      }
    }
    throw new SearchException(
        "Cannot try a point: it breaks the rules of the space (%s)".formatted(given));
  }
}
