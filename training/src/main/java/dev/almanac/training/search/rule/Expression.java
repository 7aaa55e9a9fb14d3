package dev.almanac.training.search.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.function.Function;

/** A part of a rule. Its value is a Double, a String, a Boolean, or null while it is not known. */
public sealed interface Expression {
  Object value(Function<String, JsonNode> paths);

  /** Adds the paths that it names. */
  void collect(Set<String> paths);

  /** A value that stands in the rule. */
  record Constant(Object value) implements Expression {
    @Override
    public Object value(Function<String, JsonNode> paths) {
      return value;
    }

    @Override
    public void collect(Set<String> paths) {
      // It names none.
    }
  }

  /** The value of a path of the config. */
  record Path(String path) implements Expression {
    @Override
    public Object value(Function<String, JsonNode> paths) {
      JsonNode value = paths.apply(path);
      if (value == null) {
        return null;
      }
      if (value.isNumber()) {
        return value.doubleValue();
      }
      if (value.isBoolean()) {
        return value.booleanValue();
      }
      return value.isTextual() ? value.textValue() : value.toString();
    }

    @Override
    public void collect(Set<String> paths) {
      paths.add(path);
    }
  }

  /** The opposite of a truth. */
  record Not(Expression of) implements Expression {
    @Override
    public Object value(Function<String, JsonNode> paths) {
      Object value = of.value(paths);
      return value == null ? null : !Operator.truth("not", value);
    }

    @Override
    public void collect(Set<String> paths) {
      of.collect(paths);
    }
  }

  /** Two values taken together. */
  record Pair(Expression left, Operator operator, Expression right) implements Expression {
    @Override
    public Object value(Function<String, JsonNode> paths) {
      return operator.of(left.value(paths), right.value(paths));
    }

    @Override
    public void collect(Set<String> paths) {
      left.collect(paths);
      right.collect(paths);
    }
  }
}
