package dev.almanac.training.track;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.RunRecord;
import dev.almanac.transforms.json.Json;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run was made from, by the paths of its config: each value a number, a text, a truth value
 * or, of a list, a text of JSON.
 */
public record Hyperparameters(Map<String, JsonNode> values) {
  /** Sections that say nothing of a run's weights. */
  private static final Set<String> APART = Set.of("search", "track", "predict", "rejects");

  public Hyperparameters {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** All that the config of a run says. */
  public static Hyperparameters of(RunRecord record) {
    Map<String, JsonNode> values = new TreeMap<>();
    JsonNode config = record.config();
    if (config == null) {
      flatten("train", record.train().json(), values);
    } else {
      config
          .properties()
          .forEach(
              section -> {
                if (!APART.contains(section.getKey())) {
                  flatten(section.getKey(), section.getValue(), values);
                }
              });
    }
    return new Hyperparameters(values);
  }

  /** What a person compares: the values of a trial, or else how the run was trained. */
  public static Hyperparameters compared(RunRecord record) {
    Map<String, JsonNode> values = new TreeMap<>();
    if (record.trial() == null) {
      of(record)
          .values
          .forEach(
              (path, value) -> {
                if (path.startsWith("train.") && !path.equals("train.runs")) {
                  values.put(path, value);
                }
              });
    } else {
      record.trial().assignment().forEach((path, value) -> flatten(path, value, values));
    }
    return new Hyperparameters(values);
  }

  private static void flatten(String path, JsonNode value, Map<String, JsonNode> values) {
    if (value.isObject()) {
      value.properties().forEach(key -> flatten(path + "." + key.getKey(), key.getValue(), values));
    } else if (value.isArray()) {
      values.put(path, Json.mapper().getNodeFactory().textNode(Json.line(value)));
    } else if (!value.isNull()) {
      values.put(path, value);
    }
  }
}
