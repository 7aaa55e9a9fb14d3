package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.rule.Rule;
import dev.almanac.training.search.rule.RuleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a search varies, in the order in which it is written. Immutable.
 *
 * <p>A condition names a parameter that stands above it and whose values can be listed, so there
 * are no circles and one walk from the first parameter to the last settles which exist. A path may
 * stand more than once, under conditions that never hold at once.
 *
 * @param rules what the values of every trial keep to
 */
public record SearchSpace(List<Parameter> parameters, List<Rule> rules) {
  public SearchSpace {
    parameters = List.copyOf(parameters);
    rules = List.copyOf(rules);
    if (parameters.isEmpty()) {
      throw new SearchException("Cannot search: the space has no parameter");
    }
    Map<String, List<Parameter>> above = new HashMap<>();
    for (Parameter parameter : parameters) {
      parameter
          .when()
          .forEach(
              (path, values) ->
                  checkCondition(parameter, above.getOrDefault(path, List.of()), path, values));
      List<Parameter> same = above.computeIfAbsent(parameter.path(), path -> new ArrayList<>());
      if (!same.stream().allMatch(parameter::excludes)) {
        throw new SearchException(
            "Cannot search '%s': it stands twice in the space, under conditions that may hold at once"
                .formatted(parameter.path()));
      }
      same.add(parameter);
    }
  }

  public SearchSpace(List<Parameter> parameters) {
    this(parameters, List.of());
  }

  /**
   * Whether values, all of a trial's or some of them, break none of the rules.
   *
   * @throws SearchException when a rule cannot be applied to them
   */
  public boolean allows(Map<String, JsonNode> values) {
    return broken(values).isEmpty();
  }

  /** The first of the rules that the values break. */
  public Optional<Rule> broken(Map<String, JsonNode> values) {
    for (Rule rule : rules) {
      try {
        if (!rule.allows(values)) {
          return Optional.of(rule);
        }
      } catch (RuleException e) {
        throw new SearchException(
            "Cannot keep to rule '%s' of the space: %s".formatted(rule.text(), e.getMessage()));
      }
    }
    return Optional.empty();
  }

  /**
   * One value for each parameter that exists under the values given to those above it.
   *
   * @param value the value of a parameter
   */
  public Map<String, JsonNode> assign(Function<Parameter, JsonNode> value) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.exists(values)) {
        values.put(parameter.path(), value.apply(parameter));
      }
    }
    return values;
  }

  private static void checkCondition(
      Parameter parameter, List<Parameter> named, String path, List<JsonNode> values) {
    List<JsonNode> taken =
        named.stream().flatMap(other -> other.domain().listed().stream()).toList();
    if (taken.isEmpty()) {
      throw new SearchException(
          "Cannot search '%s': `when` names a choice that stands above it ('%s')"
              .formatted(parameter.path(), path));
    }
    for (JsonNode value : values) {
      if (taken.stream().noneMatch(each -> Numbers.same(each, value))) {
        throw new SearchException(
            "Cannot search '%s': `when` asks for a value that '%s' never takes (%s, choices are %s)"
                .formatted(parameter.path(), path, value, taken));
      }
    }
  }
}
