package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Shape;

/**
 * A list of sections of values by path, any of which may be a word instead.
 *
 * @param word that stands for one
 */
public record PointsShape(String word) implements Shape {
  @Override
  public String text() {
    return "a list of sections of paths and values, or of the word " + word;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
    ObjectNode either = schema.putObject("items");
    either
        .putArray("anyOf")
        .add(JsonNodeFactory.instance.objectNode().put("const", word))
        .add(JsonNodeFactory.instance.objectNode().put("type", "object"));
    return schema;
  }
}
