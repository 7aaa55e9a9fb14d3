package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The keys of lists of steps, those of each step included.
 *
 * @param asked in the order of a reference
 */
public record StepKeys(List<Asked> asked) {
  public StepKeys {
    asked = List.copyOf(asked);
  }

  /**
   * The keys of one list.
   *
   * @param steps the records there are, by name
   * @param manyColumns whether {@code columns} may stand in place of a step's {@code column}
   */
  public static StepKeys of(
      String path,
      Shape list,
      JsonNode fallback,
      Map<String, ? extends Class<?>> steps,
      boolean manyColumns) {
    List<Asked> all = new ArrayList<>(List.of(new Asked(path, list, fallback, false)));
    steps.forEach(
        (name, type) -> {
          String at = path + "." + name;
          List<Asked> keys = new StepProbe(name, type).asked(at);
          String column = at + "." + StepShape.COLUMN;
          boolean many = manyColumns && keys.stream().anyMatch(key -> key.path().equals(column));
          all.add(new Asked(at, new StepShape(many), null, false));
          for (Asked key : keys) {
            all.add(key);
            if (many && key.path().equals(column)) {
              all.add(new Asked(at + "." + StepShape.COLUMNS, Plain.ofTexts(), null, false));
            }
          }
        });
    return new StepKeys(all);
  }

  /** Any step of two other lists, by the places of their schemas in that of a config. */
  public static Plain anyOf(String first, String second) {
    ObjectNode schema = new StepsShape().schema();
    ArrayNode either = schema.putObject("items").putArray("anyOf");
    either.addObject().put("$ref", "#/properties/%s/items".formatted(first));
    either.addObject().put("$ref", "#/properties/%s/items".formatted(second));
    return new Plain("a list of steps", schema);
  }
}
