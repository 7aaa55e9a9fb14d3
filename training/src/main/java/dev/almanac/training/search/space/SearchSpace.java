package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a search varies, in the order in which it is written. Immutable.
 *
 * <p>A condition names a {@link Choice} that stands above it, so there are no circles and one walk
 * from the first parameter to the last settles which exist.
 */
public record SearchSpace(List<Parameter> parameters) {
  public SearchSpace {
    parameters = List.copyOf(parameters);
    if (parameters.isEmpty()) {
      throw new SearchException("Cannot search: the space has no parameter");
    }
    Map<String, Domain> above = new HashMap<>();
    for (Parameter parameter : parameters) {
      parameter
          .when()
          .forEach((path, values) -> checkCondition(parameter, above.get(path), path, values));
      if (above.put(parameter.path(), parameter.domain()) != null) {
        throw new SearchException(
            "Cannot search '%s': it stands twice in the space".formatted(parameter.path()));
      }
    }
  }

  /**
   * One value for each parameter that exists under the values given to those above it.
   *
   * @param value the value of a parameter
   */
  public Map<String, JsonNode> assign(Function<Parameter, JsonNode> value) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.exists(values)) {
        values.put(parameter.path(), value.apply(parameter));
      }
    }
    return values;
  }

  private static void checkCondition(
      Parameter parameter, Domain domain, String path, List<JsonNode> values) {
    if (!(domain instanceof Choice choice)) {
      throw new SearchException(
          "Cannot search '%s': `when` names a choice that stands above it ('%s')"
              .formatted(parameter.path(), path));
    }
    for (JsonNode value : values) {
      if (!choice.values().contains(value)) {
        throw new SearchException(
            "Cannot search '%s': `when` asks for a value that '%s' never takes (%s, choices are %s)"
                .formatted(parameter.path(), path, value, choice.values()));
      }
    }
  }
}
