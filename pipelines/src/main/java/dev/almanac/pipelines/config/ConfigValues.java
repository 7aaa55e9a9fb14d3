package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;

/** The values of a config by path, such as {@code train.batch-size}, defaults among them. */
public record ConfigValues(JsonNode root) {
  /** The value at a path; null when there is none. A key may have dots of its own. */
  public JsonNode at(String path) {
    return at(root, path);
  }

  private static JsonNode at(JsonNode node, String path) {
    JsonNode whole = node.get(path);
    if (whole != null) {
      return whole.isNull() ? null : whole;
    }
    for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      JsonNode below = node.get(path.substring(0, dot));
      JsonNode found = below == null ? null : at(below, path.substring(dot + 1));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
