package dev.almanac.training.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The model families there are. */
public final class ModelFamilies {
  private static final String FAMILY = "family";

  private static final Map<String, ModelFamily> FAMILIES =
      index(
          new MlpFamily(),
          new ResnetFamily(),
          new DcnFamily(),
          new FtTransformerFamily(),
          new LinearFamily());

  private ModelFamilies() {}

  private static Map<String, ModelFamily> index(ModelFamily... families) {
    Map<String, ModelFamily> index = new LinkedHashMap<>();
    for (ModelFamily family : families) {
      index.put(family.name(), family);
    }
    return index;
  }

  public static List<String> names() {
    return List.copyOf(FAMILIES.keySet());
  }

  /**
   * The family with this name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static ModelFamily of(String name) {
    ModelFamily family = FAMILIES.get(name);
    if (family == null) {
      throw new RefusedException(unknown(name));
    }
    return family;
  }

  /**
   * Reads the {@code model:} section of a config: {@code family}, and any of its settings beside.
   *
   * <p>The first family is the default one; a setting left out gets its default.
   *
   * @param section an object, or null for all defaults
   * @param problems takes every key that is unknown and every value that does not fit, below the
   *     section's own place; what is returned is complete all the same
   */
  public static ModelSettings readSettings(JsonNode section, Problems problems) {
    JsonNode given =
        section == null || section.isNull() ? Json.mapper().createObjectNode() : section;
    if (!given.isObject()) {
      problems.add("must be an object with a family and its settings (found %s)".formatted(given));
      given = Json.mapper().createObjectNode();
    }
    ModelFamily family = family(given.get(FAMILY), problems);
    if (family == null) {
      family = FAMILIES.values().iterator().next();
      return new ModelSettings(family.name(), complete(family, problems, Map.of()));
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> fields = given.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (!field.getKey().equals(FAMILY)) {
        values.put(field.getKey(), field.getValue());
      }
    }
    int before = problems.count();
    ModelSettings settings = new ModelSettings(family.name(), complete(family, problems, values));
    if (problems.count() == before && !isCountable(family, settings)) {
      problems.add(
          String.format(
              Locale.ROOT,
              "must make a model of at most %,d weights (%s of these settings has more, whatever the columns); make its layers smaller",
              Integer.MAX_VALUE,
              family.name()));
    }
    return settings;
  }

  /** Whether the least model of these settings has as many weights as one array holds. */
  private static boolean isCountable(ModelFamily family, ModelSettings settings) {
    try {
      family.build(new ModelShape(1, List.of(), 1), settings);
      return true;
    } catch (ArithmeticException overflow) {
      return false;
    }
  }

  private static ModelFamily family(JsonNode name, Problems problems) {
    if (name == null) {
      return FAMILIES.values().iterator().next();
    }
    ModelFamily family = name.isTextual() ? FAMILIES.get(name.textValue()) : null;
    if (family == null) {
      problems.at(FAMILY).add(unknown(name.asText()));
    }
    return family;
  }

  private static String unknown(String name) {
    return "there is no model family '%s' (families: %s)"
        .formatted(name, String.join(", ", FAMILIES.keySet()));
  }

  private static ObjectNode complete(
      ModelFamily family, Problems problems, Map<String, JsonNode> given) {
    List<String> known = new ArrayList<>();
    ObjectNode values = Json.mapper().createObjectNode();
    for (Setting setting : family.settings()) {
      known.add(setting.name());
      JsonNode value = given.getOrDefault(setting.name(), setting.fallback());
      if (!setting.fits().test(value)) {
        problems.at(setting.name()).add("must be %s (found %s)".formatted(setting.rule(), value));
        value = setting.fallback();
      }
      values.set(setting.name(), value);
    }
    for (String key : given.keySet()) {
      if (!known.contains(key)) {
        problems
            .at(key)
            .add(
                "unknown setting of model family '%s' (known: %s)"
                    .formatted(family.name(), String.join(", ", known)));
      }
    }
    return values;
  }
}
