package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Shape;
import java.util.List;
import java.util.Map;

/**
 * A word, or a section whose keys are names of the user's.
 *
 * @param word that stands for a section of ours
 */
public record SpaceShape(String word, NamedShape section) implements Shape {
  @Override
  public String text() {
    return "%s, or %s".formatted(word, section.text());
  }

  @Override
  public boolean isContainer() {
    return true;
  }

  @Override
  public ObjectNode schema() {
    return either(section.schema());
  }

  @Override
  public ObjectNode schema(Map<String, ObjectNode> keys, List<String> required) {
    return either(section.schema(keys, required));
  }

  private ObjectNode either(ObjectNode schema) {
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either
        .putArray("anyOf")
        .add(JsonNodeFactory.instance.objectNode().put("const", word))
        .add(schema);
    return either;
  }
}
