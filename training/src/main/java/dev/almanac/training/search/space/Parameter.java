package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One thing that a search varies.
 *
 * @param path where its value goes in the config, such as {@code train.optimizer.learning-rate}
 * @param when for some other choices, the values under which this parameter exists; every one must
 *     hold, and a choice that does not itself exist in a trial holds none
 */
public record Parameter(String path, Domain domain, Map<String, List<JsonNode>> when) {
  public Parameter {
    when = Map.copyOf(when);
  }

  public static Parameter of(String path, Domain domain) {
    return new Parameter(path, domain, Map.of());
  }

  /** Whether this parameter exists in a trial that has these values. */
  public boolean exists(Map<String, JsonNode> values) {
    return when.entrySet().stream()
        .allMatch(
            condition ->
                values.containsKey(condition.getKey())
                    && holds(condition.getValue(), values.get(condition.getKey())));
  }

  /** Whether no trial has both, since some other choice would need two values at once. */
  boolean excludes(Parameter other) {
    return when.entrySet().stream()
        .anyMatch(
            condition ->
                other.when.containsKey(condition.getKey())
                    && other.when.get(condition.getKey()).stream()
                        .noneMatch(value -> holds(condition.getValue(), value)));
  }

  private static boolean holds(List<JsonNode> asked, JsonNode value) {
    for (JsonNode each : asked) {
      if (Numbers.same(each, value)) {
        return true;
      }
    }
    return false;
  }
}
