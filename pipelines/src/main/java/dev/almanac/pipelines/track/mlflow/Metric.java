package dev.almanac.pipelines.track.mlflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A value of a curve.
 *
 * @param millis when, since 1970 in UTC
 */
record Metric(String key, double value, long millis, long step) {
  /** As protobuf's JSON has it, in which numbers that are none are texts. */
  ObjectNode json(String name) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("key", name);
    if (Double.isFinite(value)) {
      json.put("value", value);
    } else {
      json.put("value", Double.toString(value));
    }
    return json.put("timestamp", millis).put("step", step);
  }
}
