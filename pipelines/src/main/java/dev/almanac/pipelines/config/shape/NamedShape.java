package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Shape;
import java.util.List;
import java.util.Map;

/**
 * A section whose keys are names of the user's.
 *
 * @param name what stands for one in a path, such as {@code COLUMN}
 * @param text for a person
 */
public record NamedShape(String name, String text) implements Shape {
  @Override
  public boolean isContainer() {
    return true;
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }

  @Override
  public ObjectNode schema(Map<String, ObjectNode> keys, List<String> required) {
    return keys.isEmpty() ? schema() : schema().set("additionalProperties", keys.get(name));
  }
}
