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
                    && condition.getValue().contains(values.get(condition.getKey())));
  }
}
