package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A list of steps, each a name alone or an object of one key, the name, with the step's keys.
 *
 * @param besides keys of a section that may hold the list; none when it is always a list
 * @param within the key of the list in such a section
 */
public record StepsShape(List<String> besides, String within) implements Shape {
  public StepsShape {
    besides = List.copyOf(besides);
  }

  /** A list, wherever it stands. */
  public StepsShape() {
    this(List.of(), null);
  }

  @Override
  public String text() {
    return within == null
        ? "a list of steps"
        : "a list of steps, or a section with it as %s".formatted(within);
  }

  @Override
  public boolean isSection() {
    return within != null;
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance.objectNode().put("type", "array");
  }

  @Override
  public ObjectNode schema(Map<String, ObjectNode> keys, List<String> required) {
    ObjectNode list = schema();
    ArrayNode steps = list.putObject("items").putArray("anyOf");
    List<String> alone = new ArrayList<>();
    keys.forEach(
        (name, step) -> {
          if (!besides.contains(name) && !name.equals(within)) {
            ObjectNode one = steps.addObject().put("type", "object");
            one.put("additionalProperties", false).putArray("required").add(name);
            one.putObject("properties").set(name, step);
            if (!step.has("required") && !step.has("oneOf")) {
              alone.add(name);
            }
          }
        });
    if (!alone.isEmpty()) {
      alone.forEach(steps.addObject().putArray("enum")::add);
    }
    if (within == null) {
      return list;
    }
    ObjectNode section = JsonNodeFactory.instance.objectNode().put("type", "object");
    section.put("additionalProperties", false);
    besides.forEach(key -> section.withObject("/properties").set(key, keys.get(key)));
    section.withObject("/properties").set(within, list);
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either.putArray("anyOf").add(list).add(section);
    return either;
  }
}
