package dev.almanac.pipelines.config.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.setting.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a key may be where other keys have certain words.
 *
 * @param fallback the value when a config says nothing; null when there is none
 * @param required whether its section cannot do without
 * @param when by the path of another key the words with which this holds; empty when it always does
 */
record Variant(Shape shape, JsonNode fallback, boolean required, Map<String, List<String>> when) {

  /** When it holds, for a person; empty when it always does. */
  String condition(String path) {
    return when.entrySet().stream()
        .map(at -> "%s: %s".formatted(near(at.getKey(), path), either(at.getValue())))
        .collect(Collectors.joining(", "));
  }

  private static String either(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : "%s or %s".formatted(String.join(", ", words.subList(0, last)), words.get(last));
  }

  /** A key beside the path by its name alone. */
  private static String near(String key, String path) {
    String section = Key.above(path);
    return Key.above(key).equals(section) ? Key.last(key) : key;
  }

  /** The value when a config says nothing, for a person. */
  String otherwise() {
    return required ? "required" : fallback == null ? "" : FlowYaml.of(fallback);
  }
}
