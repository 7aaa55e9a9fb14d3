package dev.almanac.pipelines.config.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.Problems;
import java.util.HashMap;
import java.util.Map;

/**
 * A config as it was written: its values, where each stands, and the text of each number.
 *
 * @param texts by path, what was written where a number or a truth value was read, since a column
 *     may be named {@code 2010} and a missing cell written {@code -99.90}
 */
public record ConfigTree(ObjectNode root, Places places, Map<String, String> texts) {
  public static ConfigTree empty(String file) {
    return new ConfigTree(JsonNodeFactory.instance.objectNode(), new Places(file), new HashMap<>());
  }

  /**
   * Ends the reading when something is wrong.
   *
   * @throws ConfigException with every problem, in the file's order
   */
  public void raise(Problems problems) throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(places.file(), places.placed(problems.all()));
    }
  }

  /** A tree of its own with the same values. */
  public ConfigTree copy() {
    return new ConfigTree(root.deepCopy(), places.copy(), new HashMap<>(texts));
  }
}
