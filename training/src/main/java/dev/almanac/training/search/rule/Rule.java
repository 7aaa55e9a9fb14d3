package dev.almanac.training.search.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the values of a trial must keep to, such as {@code train.batch-size * train.accumulate <=
 * 8192}.
 *
 * <p>Numbers, texts in quotes, {@code true}, {@code false} and paths of the config; {@code + - *
 * /}, comparisons, {@code and}, {@code or}, {@code not} and parentheses. A minus has blanks around
 * it, since names have hyphens; a path with other characters stands in backquotes. Immutable.
 *
 * @param fixed the values of paths that no trial varies
 */
public record Rule(String text, Expression expression, Map<String, JsonNode> fixed) {
  public Rule {
    fixed = Map.copyOf(fixed);
  }

  /**
   * Reads a rule.
   *
   * @throws RuleException saying what is wrong with it, and where
   */
  public static Rule of(String text) {
    return new Rule(text, new Parser(text).rule(), Map.of());
  }

  /** The same with the values of paths that no trial varies. */
  public Rule with(Map<String, JsonNode> values) {
    return new Rule(text, expression, values);
  }

  /** The paths that it names. */
  public Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    expression.collect(paths);
    return Collections.unmodifiableSet(paths);
  }

  /**
   * Whether the values keep to it. They do while what is known of them does not break it: a path
   * that a trial does not have, or not yet, breaks nothing.
   *
   * @throws RuleException when it compares or reckons with what is not a number
   */
  public boolean allows(Map<String, JsonNode> values) {
    Object result =
        expression.value(
            path -> {
              JsonNode value = values.get(path);
              return value == null ? fixed.get(path) : value;
            });
    if (result != null && !(result instanceof Boolean)) {
      throw new RuleException(
          "Cannot apply rule '%s': it must be true or false (%s)".formatted(text, result));
    }
    return !Boolean.FALSE.equals(result);
  }
}
