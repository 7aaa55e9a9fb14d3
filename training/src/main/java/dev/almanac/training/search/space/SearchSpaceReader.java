package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Reads a search space as a config writes it: a path, then one domain and its conditions.
 *
 * <pre>{@code
 * train.model.family: {choice: [mlp, linear]}
 * train.model.dropout: {float: [0.0, 0.5], steps: 6, when: {train.model.family: mlp}}
 * train.batch-size: {int: [256, 4096]}
 * train.optimizer.learning-rate: {log-uniform: [1.0e-4, 1.0e-2]}
 * }</pre>
 *
 * <p>A condition's value is one value or a list of them.
 */
public final class SearchSpaceReader {
  /** A new domain is one file and one line here. */
  private static final Map<String, BiFunction<JsonNode, Integer, Domain>> DOMAINS =
      Map.of(
          "choice", SearchSpaceReader::choice,
          "int", (ends, steps) -> new IntRange(integer(end(ends, 0)), integer(end(ends, 1)), steps),
          "float",
              (ends, steps) -> new FloatRange(number(end(ends, 0)), number(end(ends, 1)), steps),
          "log-uniform",
              (ends, steps) -> new LogUniform(number(end(ends, 0)), number(end(ends, 1)), steps));

  private static final Set<String> KEYS = new TreeSet<>(DOMAINS.keySet());

  static {
    KEYS.addAll(List.of("steps", "when"));
  }

  private SearchSpaceReader() {}

  /** The names of the domains, of which each parameter has one. */
  public static List<String> domains() {
    return DOMAINS.keySet().stream().sorted().toList();
  }

  /** The keys of a parameter: its domain, and what goes with it. */
  public static Set<String> keys() {
    return Collections.unmodifiableSet(KEYS);
  }

  /**
   * The space, or null when there is a problem.
   *
   * @param problems takes what is wrong with the space, or with a parameter at its path below
   */
  public static SearchSpace read(JsonNode space, Problems problems) {
    int before = problems.count();
    if (!space.isObject()) {
      problems.add("must be a section of config paths, each with its domain");
      return null;
    }
    List<Parameter> parameters = new ArrayList<>();
    space
        .fields()
        .forEachRemaining(
            field -> {
              try {
                parameters.add(parameter(field.getKey(), field.getValue()));
              } catch (SearchException e) {
                problems.at(field.getKey()).add(e.getMessage());
              }
            });
    if (problems.count() > before) {
      return null;
    }
    try {
      return new SearchSpace(parameters);
    } catch (SearchException e) {
      problems.add(e.getMessage());
      return null;
    }
  }

  private static Parameter parameter(String path, JsonNode node) {
    if (!node.isObject()) {
      throw new SearchException(
          "Cannot search '%s': it must be a section with one of choice, float, int, log-uniform (%s)"
              .formatted(path, node));
    }
    List<String> domains = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new SearchException(
                    "Cannot search '%s': unknown key '%s' (known keys: %s)"
                        .formatted(path, key, String.join(", ", KEYS)));
              }
              if (DOMAINS.containsKey(key)) {
                domains.add(key);
              }
            });
    if (domains.size() != 1) {
      throw new SearchException(
          "Cannot search '%s': it must have exactly one of choice, float, int, log-uniform (%s)"
              .formatted(path, domains));
    }
    String name = domains.get(0);
    if (name.equals("choice") && node.has("steps")) {
      throw new SearchException(
          "Cannot search '%s': a choice has no `steps`, a grid tries all of it".formatted(path));
    }
    return new Parameter(
        path, DOMAINS.get(name).apply(node.get(name), steps(node.get("steps"))), when(node, path));
  }

  private static Map<String, List<JsonNode>> when(JsonNode node, String path) {
    JsonNode when = node.get("when");
    Map<String, List<JsonNode>> conditions = new LinkedHashMap<>();
    if (when == null) {
      return conditions;
    }
    if (!when.isObject()) {
      throw new SearchException(
          "Cannot search '%s': `when` must name a choice and its values (%s)"
              .formatted(path, when));
    }
    when.fields()
        .forEachRemaining(
            field -> {
              List<JsonNode> values = new ArrayList<>();
              if (field.getValue().isArray()) {
                field.getValue().forEach(values::add);
              } else {
                values.add(field.getValue());
              }
              conditions.put(field.getKey(), List.copyOf(values));
            });
    return conditions;
  }

  private static int steps(JsonNode node) {
    if (node == null) {
      return 0;
    }
    if (!node.canConvertToInt() || node.intValue() < 1) {
      throw new SearchException(
          "Cannot walk a range: `steps` must be an integer of 1 or more (%s)".formatted(node));
    }
    return node.intValue();
  }

  private static Domain choice(JsonNode values, int steps) {
    if (!values.isArray()) {
      throw new SearchException("Cannot choose: a choice must be a list (%s)".formatted(values));
    }
    List<JsonNode> list = new ArrayList<>();
    values.forEach(list::add);
    return new Choice(list);
  }

  private static JsonNode end(JsonNode ends, int side) {
    if (!ends.isArray() || ends.size() != 2) {
      throw new SearchException(
          "Cannot search a range: it must be its two ends, [low, high] (%s)".formatted(ends));
    }
    return ends.get(side);
  }

  private static long integer(JsonNode end) {
    if (!end.isIntegralNumber() || !end.canConvertToLong()) {
      throw new SearchException(
          "Cannot search integers: both ends must be integers (%s)".formatted(end));
    }
    return end.longValue();
  }

  private static double number(JsonNode end) {
    if (!end.isNumber()) {
      throw new SearchException(
          "Cannot search numbers: both ends must be numbers (%s)".formatted(end));
    }
    return end.doubleValue();
  }
}
