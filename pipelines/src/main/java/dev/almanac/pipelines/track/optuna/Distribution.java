package dev.almanac.pipelines.track.optuna;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import java.util.List;

/**
 * The distribution that Optuna has for a parameter of ours, and a value as it keeps it: a number as
 * it is, of a list its place among the choices, lists themselves as texts of JSON.
 *
 * @param json as Optuna's {@code distribution_to_json}
 * @param choices of a list; null of numbers
 */
record Distribution(ObjectNode json, JsonNode choices) {
  private static final List<String> RANGES =
      List.of("float", "log-uniform", "int", "log-int", "power-of-two");

  private static final List<String> LISTS = List.of("choice", "ordinal", "boolean");

  /**
   * Of a parameter of a search's space, at whatever depth; null where the space has none.
   *
   * @param space as the config has it
   */
  static Distribution of(JsonNode space, String path) {
    JsonNode domain = space.get(path);
    if (domain != null) {
      return of(domain);
    }
    for (JsonNode parameter : space) {
      for (JsonNode below : parameter.path("under")) {
        Distribution found = of(below, path);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /**
   * Of a parameter of a search's space.
   *
   * @param domain as the config has it
   */
  static Distribution of(JsonNode domain) {
    boolean orZero = domain.path("or-zero").asBoolean();
    for (String range : RANGES) {
      JsonNode ends = domain.path(range);
      if (ends.isArray() && ends.size() == 2) {
        boolean isWhole = !range.equals("float") && !range.equals("log-uniform");
        if (orZero) {
          // Optuna has no zero beside a range: the least range that holds both.
          return range(
              isWhole,
              false,
              JsonNodeFactory.instance.arrayNode().add(0).add(ends.get(1)),
              domain.path("-"));
        }
        return range(
            isWhole, !range.equals("float") && !range.equals("int"), ends, domain.path("every"));
      }
    }
    for (String list : LISTS) {
      if (domain.path(list).isArray()) {
        return choice(domain.get(list));
      }
    }
    return domain.has("constant")
        ? choice(JsonNodeFactory.instance.arrayNode().add(domain.get("constant")))
        : null;
  }

  private static Distribution range(boolean isWhole, boolean isLog, JsonNode ends, JsonNode every) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    if (isWhole) {
      attributes.put("log", isLog).put("step", every.isNumber() && !isLog ? every.longValue() : 1);
      attributes.put("low", ends.get(0).longValue()).put("high", ends.get(1).longValue());
      return new Distribution(named("IntDistribution", attributes), null);
    }
    if (every.isNumber() && !isLog) {
      attributes.put("step", every.doubleValue());
    } else {
      attributes.putNull("step");
    }
    attributes.put("low", ends.get(0).doubleValue()).put("high", ends.get(1).doubleValue());
    return new Distribution(named("FloatDistribution", attributes.put("log", isLog)), null);
  }

  private static Distribution choice(JsonNode values) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    ArrayNode choices = attributes.putArray("choices");
    values.forEach(
        value -> {
          if (value.isContainerNode()) {
            choices.add(Json.line(value));
          } else {
            choices.add(value);
          }
        });
    return new Distribution(named("CategoricalDistribution", attributes), values);
  }

  private static ObjectNode named(String name, ObjectNode attributes) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
    json.set("attributes", attributes);
    return json;
  }

  /** A value as Optuna keeps it; NaN when the distribution has none for it. */
  double internal(JsonNode value) {
    if (choices == null) {
      return value.isNumber() ? value.doubleValue() : Double.NaN;
    }
    for (int i = 0; i < choices.size(); i++) {
      JsonNode choice = choices.get(i);
      boolean sameNumber =
          choice.isNumber()
              && value.isNumber()
              && choice.decimalValue().compareTo(value.decimalValue()) == 0;
      if (sameNumber || choice.equals(value)) {
        return i;
      }
    }
    return Double.NaN;
  }
}
