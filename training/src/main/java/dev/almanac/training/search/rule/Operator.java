package dev.almanac.training.search.rule;

import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** What takes two values together. A value that is not known is null. */
public enum Operator {
  OR("or") {
    @Override
    Object of(Object left, Object right) {
      return either(text(), left, right, true);
    }
  },
  AND("and") {
    @Override
    Object of(Object left, Object right) {
      return either(text(), left, right, false);
    }
  },
  EQUAL("==", Object::equals),
  UNEQUAL("!=", (left, right) -> !left.equals(right)),
  AT_MOST("<=", ordered("<=", (left, right) -> left <= right ? 1 : 0)),
  AT_LEAST(">=", ordered(">=", (left, right) -> left >= right ? 1 : 0)),
  BELOW("<", ordered("<", (left, right) -> left < right ? 1 : 0)),
  ABOVE(">", ordered(">", (left, right) -> left > right ? 1 : 0)),
  PLUS("+", reckoned("+", Double::sum)),
  MINUS("-", reckoned("-", (left, right) -> left - right)),
  TIMES("*", reckoned("*", (left, right) -> left * right)),
  BY("/", reckoned("/", (left, right) -> left / right));

  private final String text;
  private final BinaryOperator<Object> known;

  Operator(String text) {
    this(text, (left, right) -> null);
  }

  Operator(String text, BinaryOperator<Object> known) {
    this.text = text;
    this.known = known;
  }

  String text() {
    return text;
  }

  Object of(Object left, Object right) {
    return left == null || right == null ? null : known.apply(left, right);
  }

  /** The one of two truths that settles the matter, if either is it. */
  private static Object either(String operator, Object left, Object right, boolean settles) {
    Boolean one = left == null ? null : Boolean.valueOf(truth(operator, left));
    Boolean other = right == null ? null : Boolean.valueOf(truth(operator, right));
    if (one != null && one == settles || other != null && other == settles) {
      return settles;
    }
    return one == null || other == null ? null : !settles;
  }

  private static BinaryOperator<Object> ordered(String text, DoubleBinaryOperator holds) {
    return (left, right) -> holds.applyAsDouble(number(text, left), number(text, right)) == 1;
  }

  private static BinaryOperator<Object> reckoned(String text, DoubleBinaryOperator of) {
    return (left, right) -> of.applyAsDouble(number(text, left), number(text, right));
  }

  static boolean truth(String operator, Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new RuleException(
        "Cannot apply a rule: `%s` takes what is true or false (%s)".formatted(operator, value));
  }

  private static double number(String operator, Object value) {
    if (value instanceof Double number) {
      return number;
    }
    throw new RuleException(
        "Cannot apply a rule: `%s` takes numbers (%s)".formatted(operator, value));
  }
}
