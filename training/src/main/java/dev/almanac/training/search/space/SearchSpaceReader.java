package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.rule.Rule;
import dev.almanac.training.search.rule.RuleException;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads a search space as a config writes it: a path, then one domain and its conditions.
 *
 * <pre>{@code
 * train.model.family:
 *   choice: [mlp, linear]
 *   under:
 *     mlp:
 *       train.model.dropout: {float: [0.05, 0.5], or-zero: true}
 * train.model.layers: {int: [1, 4], when: {train.model.family: mlp}}
 * train.batch-size: {power-of-two: [256, 4096]}
 * train.optimizer.learning-rate: {log-uniform: [1.0e-4, 1.0e-2]}
 * }</pre>
 *
 * <p>A condition's value is one value or a list of them. What stands {@code under} a value exists
 * when its parameter has that value, at any depth.
 */
public final class SearchSpaceReader {
  /** The key of a space that is no path. */
  public static final String RULES = "rules";

  private static final Set<String> KEYS = new TreeSet<>(DomainReader.names());

  static {
    KEYS.addAll(DomainReader.beside());
    KEYS.addAll(List.of("when", "under"));
  }

  private final Problems problems;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();

  private SearchSpaceReader(Problems problems) {
    this.problems = problems;
  }

  /** The names of the domains, of which each parameter has one. */
  public static List<String> domains() {
    return DomainReader.names();
  }

  /** The keys of a parameter: its domain, and what goes with it. */
  public static Set<String> keys() {
    return Collections.unmodifiableSet(KEYS);
  }

  /** A space by itself, of which rules name no path that it does not vary. */
  public static SearchSpace read(JsonNode space, Problems problems) {
    return read(space, path -> null, problems);
  }

  /**
   * The space, or null when there is a problem. Its key {@code rules}, if it has one, lists its
   * rules.
   *
   * @param config the value that the config has at a path, or null: of paths that rules name and
   *     the space does not vary
   * @param problems takes what is wrong with the space, or with a parameter at its path below
   */
  public static SearchSpace read(
      JsonNode space, Function<String, JsonNode> config, Problems problems) {
    int before = problems.count();
    if (!space.isObject()) {
      problems.add("must be a section of config paths, each with its domain");
      return null;
    }
    SearchSpaceReader reader = new SearchSpaceReader(problems);
    reader.section(space, Map.of());
    reader.rules(space.get(RULES));
    if (problems.count() > before) {
      return null;
    }
    try {
      return new SearchSpace(reader.parameters, reader.fixed(config));
    } catch (SearchException e) {
      problems.add(e.getMessage());
      return null;
    }
  }

  private void rules(JsonNode list) {
    if (list == null) {
      return;
    }
    if (!list.isArray()) {
      problems.at(RULES).add("must be a list of texts (%s)".formatted(list));
      return;
    }
    for (JsonNode text : list) {
      try {
        rules.add(Rule.of(text.asText()));
      } catch (RuleException e) {
        problems.at(RULES).add(e.getMessage());
      }
    }
  }

  /** The rules with the values of paths that the space does not vary. */
  private List<Rule> fixed(Function<String, JsonNode> config) {
    List<Rule> known = new ArrayList<>();
    for (Rule rule : rules) {
      Map<String, JsonNode> values = new LinkedHashMap<>();
      for (String path : rule.paths()) {
        if (parameters.stream().noneMatch(parameter -> parameter.path().equals(path))) {
          JsonNode value = config.apply(path);
          if (value == null) {
            throw new SearchException(
                "Cannot keep to rule '%s': neither the space nor the config has '%s'"
                    .formatted(rule.text(), path));
          }
          values.put(path, value);
        }
      }
      known.add(rule.with(values));
    }
    return known;
  }

  /**
   * @param premise the conditions under which the section's parameters exist
   */
  private void section(JsonNode section, Map<String, List<JsonNode>> premise) {
    section
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getKey().equals(RULES)) {
                return;
              }
              try {
                parameter(field.getKey(), field.getValue(), premise);
              } catch (SearchException e) {
                problems.at(field.getKey()).add(e.getMessage());
              }
            });
  }

  private void parameter(String path, JsonNode node, Map<String, List<JsonNode>> premise) {
    if (!node.isObject()) {
      throw new SearchException(
          "Cannot search '%s': it must be a section with one of %s (%s)"
              .formatted(path, String.join(", ", domains()), node));
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new SearchException(
                    "Cannot search '%s': unknown key '%s' (known keys: %s)"
                        .formatted(path, key, String.join(", ", KEYS)));
              }
            });
    Map<String, List<JsonNode>> conditions = new LinkedHashMap<>(premise);
    conditions.putAll(when(node, path));
    Domain domain = DomainReader.read(path, node);
    parameters.add(new Parameter(path, domain, conditions));
    JsonNode under = node.get("under");
    if (under != null) {
      under(path, domain, under, premise);
    }
  }

  private void under(
      String path, Domain domain, JsonNode under, Map<String, List<JsonNode>> premise) {
    if (!under.isObject()) {
      throw new SearchException(
          "Cannot search '%s': `under` must be a section of its values, each with the parameters that exist under it (%s)"
              .formatted(path, under));
    }
    under
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode value = value(path, domain, field.getKey());
              if (!field.getValue().isObject()) {
                throw new SearchException(
                    "Cannot search '%s': `under` '%s' must be a section of config paths, each with its domain (%s)"
                        .formatted(path, field.getKey(), field.getValue()));
              }
              Map<String, List<JsonNode>> conditions = new LinkedHashMap<>(premise);
              conditions.put(path, List.of(value));
              section(field.getValue(), conditions);
            });
  }

  /** The value of a domain that a key, which YAML has as text, stands for. */
  private static JsonNode value(String path, Domain domain, String text) {
    for (JsonNode value : domain.listed()) {
      if (value.isValueNode() && value.asText().equals(text)) {
        return value;
      }
    }
    throw new SearchException(
        "Cannot search '%s': `under` names a value that it never takes ('%s', values are %s)"
            .formatted(path, text, domain.listed()));
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
}
