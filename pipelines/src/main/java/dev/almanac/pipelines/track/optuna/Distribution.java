package dev.almanac.pipelines.track.optuna;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;

/**
 * The distribution that Optuna has for a parameter of ours, and a value as it keeps it: a number as
 * it is, of a list its place among the choices, lists themselves as texts of JSON.
 *
 * @param json as Optuna's {@code distribution_to_json}
 * @param choices of a list; null of numbers
 */
record Distribution(ObjectNode json, JsonNode choices) {
  /**
   * Of a parameter of a search's space.
   *
   * @param domain as the config has it
   */
  static Distribution of(JsonNode domain) {
    for (String range : new String[] {"float", "log-uniform", "int"}) {
      JsonNode ends = domain.path(range);
      if (ends.isArray() && ends.size() == 2) {
        boolean isWhole = range.equals("int");
        boolean isLog = range.equals("log-uniform") || domain.path("log").asBoolean();
        return range(isWhole, isLog, ends, domain.path("every"));
      }
    }
    JsonNode values = domain.has("choice") ? domain.get("choice") : domain.path("ordinal");
    return values.isArray() ? choice(values) : null;
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
