package dev.almanac.pipelines.track.optuna;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import java.io.IOException;

/**
 * A distribution as Optuna has stored it, and what it is in a space of ours.
 *
 * @param name such as {@code FloatDistribution}, or one of before Optuna 3
 */
record Stored(String name, JsonNode attributes) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * Of Optuna's {@code distribution_to_json}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Stored of(String text) {
    try {
      JsonNode read = Json.tree(text, "a distribution");
      String name = read.path("name").asText();
      if (!name.endsWith("Distribution")) {
        throw new IllegalArgumentException("'%s' is no distribution".formatted(text));
      }
      return new Stored(name, read.path("attributes"));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private boolean isChoice() {
    return attributes.path("choices").isArray();
  }

  private boolean isWhole() {
    return name.startsWith("Int");
  }

  private boolean isLog() {
    return attributes.path("log").asBoolean() || name.contains("LogUniform");
  }

  /** A value as a trial of ours has it. */
  JsonNode value(double internal) {
    if (isChoice()) {
      return attributes.get("choices").get((int) internal);
    }
    return isWhole() ? JSON.numberNode((long) internal) : JSON.numberNode(internal);
  }

  /**
   * The domain of ours.
   *
   * @param before that of another trial, whose range it is to hold as well; null for none
   */
  ObjectNode domain(ObjectNode before) {
    ObjectNode domain = JSON.objectNode();
    if (isChoice()) {
      domain.set("choice", attributes.get("choices"));
      return domain;
    }
    String range = isWhole() ? (isLog() ? "log-int" : "int") : isLog() ? "log-uniform" : "float";
    double low = attributes.path("low").doubleValue();
    double high = attributes.path("high").doubleValue();
    if (before != null && before.path(range).isArray()) {
      low = Math.min(low, before.get(range).get(0).doubleValue());
      high = Math.max(high, before.get(range).get(1).doubleValue());
    }
    if (low == high) {
      domain.set("constant", isWhole() ? JSON.numberNode((long) low) : JSON.numberNode(low));
      return domain;
    }
    ArrayNode ends = domain.putArray(range);
    if (isWhole()) {
      ends.add((long) low).add((long) high);
    } else {
      ends.add(low).add(high);
    }
    JsonNode step = attributes.has("q") ? attributes.get("q") : attributes.path("step");
    boolean isStepped = step.isNumber() && !(isWhole() && step.longValue() == 1);
    if (isStepped && !isLog()) {
      domain.set("every", step);
    }
    return domain;
  }
}
