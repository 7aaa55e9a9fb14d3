package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Shape;
import java.util.List;
import java.util.Map;

/** A section of keys that a config knows. */
public record SectionShape() implements Shape {
  @Override
  public String text() {
    return "a section";
  }

  @Override
  public boolean isSection() {
    return true;
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }

  @Override
  public ObjectNode schema(Map<String, ObjectNode> keys, List<String> required) {
    ObjectNode schema = schema().put("additionalProperties", false);
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    keys.forEach(schema.withObject("/properties")::set);
    return schema;
  }
}
