package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Shape;
import java.util.List;
import java.util.Map;

/**
 * A section of which exactly one of some keys must be there.
 *
 * @param either these keys
 */
public record DomainShape(List<String> either) implements Shape {
  public DomainShape {
    either = List.copyOf(either);
  }

  @Override
  public String text() {
    return "a section with one of " + String.join(", ", either);
  }

  @Override
  public ObjectNode schema() {
    return new SectionShape().schema();
  }

  @Override
  public ObjectNode schema(Map<String, ObjectNode> keys, List<String> required) {
    ObjectNode schema = new SectionShape().schema(keys, required);
    ArrayNode one = schema.putArray("oneOf");
    either.forEach(key -> one.addObject().putArray("required").add(key));
    return schema;
  }
}
