package dev.almanac.pipelines.config.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.json.Json;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes values in a line of YAML, without quotes where none are needed. */
final class FlowYaml {
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{Alpha}/_][\\w./+-]*( [\\w./+-]+)*|\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern WORD = Pattern.compile("(?i)true|false|null|y|n|yes|no|on|off");

  private FlowYaml() {}

  static String of(JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .map(at -> of(at.getKey(), at.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(FlowYaml::of)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value.isTextual() ? text(value.textValue()) : value.asText();
  }

  /** A key with its value. */
  static String of(String key, JsonNode value) {
    return text(key) + ": " + of(value);
  }

  private static String text(String text) {
    // Off and on are words of our own, and texts in YAML 1.2.
    boolean plain =
        PLAIN.matcher(text).matches() && (text.equals("off") || !WORD.matcher(text).matches());
    return plain ? text : Json.line(text);
  }
}
