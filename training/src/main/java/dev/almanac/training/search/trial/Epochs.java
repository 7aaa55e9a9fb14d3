package dev.almanac.training.search.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * How many epochs a trial trains at most.
 *
 * @param path of the config that says so, which may be searched itself
 * @param usual when a trial does not set it
 */
public record Epochs(String path, int usual) {
  public Epochs {
    if (usual < 1) {
      throw new IllegalArgumentException(
          "Cannot train trials: they have at least 1 epoch (%s)".formatted(usual));
    }
  }

  /** The most that a trial with these values trains. */
  public int of(Map<String, JsonNode> assignment) {
    JsonNode value = assignment.get(path);
    return value == null ? usual : value.intValue();
  }
}
