package dev.almanac.training.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

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
   * @param problems told of every key that is unknown and every value that does not fit, as {@code
   *     key: what is wrong}; what is returned is complete all the same
   */
  public static ModelSettings readSettings(JsonNode section, Consumer<String> problems) {
    JsonNode given =
        section == null || section.isNull() ? Json.mapper().createObjectNode() : section;
    if (!given.isObject()) {
      problems.accept(
          "must be an object with a family and its settings (found %s)".formatted(given));
      given = Json.mapper().createObjectNode();
    }
    ModelFamily family = family(given.get(FAMILY), problems);
    if (family == null) {
      family = FAMILIES.values().iterator().next();
      return new ModelSettings(family.name(), complete(family, problem -> {}, Map.of()));
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> fields = given.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (!field.getKey().equals(FAMILY)) {
        values.put(field.getKey(), field.getValue());
      }
    }
    boolean[] sound = {true};
    Consumer<String> heard =
        problem -> {
          sound[0] = false;
          problems.accept(problem);
        };
    ModelSettings settings = new ModelSettings(family.name(), complete(family, heard, values));
    if (sound[0] && !isCountable(family, settings)) {
      problems.accept(
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

  private static ModelFamily family(JsonNode name, Consumer<String> problems) {
    if (name == null) {
      return FAMILIES.values().iterator().next();
    }
    ModelFamily family = name.isTextual() ? FAMILIES.get(name.textValue()) : null;
    if (family == null) {
      problems.accept(FAMILY + ": " + unknown(name.asText()));
    }
    return family;
  }

  private static String unknown(String name) {
    return "there is no model family '%s' (families: %s)"
        .formatted(name, String.join(", ", FAMILIES.keySet()));
  }

  private static ObjectNode complete(
      ModelFamily family, Consumer<String> problems, Map<String, JsonNode> given) {
    List<String> known = new ArrayList<>();
    ObjectNode values = Json.mapper().createObjectNode();
    for (Setting setting : family.settings()) {
      known.add(setting.name());
      JsonNode value = given.getOrDefault(setting.name(), setting.fallback());
      if (!setting.fits().test(value)) {
        problems.accept(
            "%s: must be %s (found %s)".formatted(setting.name(), setting.rule(), value));
        value = setting.fallback();
      }
      values.set(setting.name(), value);
    }
    for (String key : given.keySet()) {
      if (!known.contains(key)) {
        problems.accept(
            "%s: unknown setting of model family '%s' (known: %s)"
                .formatted(key, family.name(), String.join(", ", known)));
      }
    }
    return values;
  }
}
