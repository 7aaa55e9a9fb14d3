package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Shape;
import java.util.List;
import java.util.Map;

/**
 * The keys of one step.
 *
 * @param manyColumns whether {@code columns}, a list, may stand in place of {@code column}
 */
public record StepShape(boolean manyColumns) implements Shape {
  /** The key of one column, and what may stand in its place. */
  public static final String COLUMN = "column";

  public static final String COLUMNS = "columns";

  @Override
  public String text() {
    return "a step";
  }

  @Override
  public ObjectNode schema() {
    return new SectionShape().schema();
  }

  @Override
  public ObjectNode schema(Map<String, ObjectNode> keys, List<String> required) {
    if (!manyColumns) {
      return new SectionShape().schema(keys, required);
    }
    List<String> others = required.stream().filter(key -> !key.equals(COLUMN)).toList();
    ObjectNode schema = new SectionShape().schema(keys, others);
    ArrayNode either = schema.putArray("oneOf");
    List.of(COLUMN, COLUMNS).forEach(key -> either.addObject().putArray("required").add(key));
    return schema;
  }
}
