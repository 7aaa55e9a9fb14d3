package dev.almanac.training.search.rule;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a rule, from left to right, what binds least first. */
final class Parser {
  /** One alternative for each kind of word; blanks go before any. */
  private static final Pattern WORD =
      Pattern.compile(
          "\\s*(?:(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
              + "|'(?<text>[^']*)'|\"(?<quoted>[^\"]*)\"|`(?<ticked>[^`]+)`"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*(?:[.-][\\p{L}\\p{N}_]+)*)"
              + "|(?<sign><=|>=|==|!=|[-<>=+*/()])|(?<end>$))");

  private static final Map<String, Operator> COMPARISONS =
      Map.of(
          "<=",
          Operator.AT_MOST,
          ">=",
          Operator.AT_LEAST,
          "<",
          Operator.BELOW,
          ">",
          Operator.ABOVE,
          "==",
          Operator.EQUAL,
          "=",
          Operator.EQUAL,
          "!=",
          Operator.UNEQUAL);

  private final String text;
  private final Matcher words;

  /** The word that is next: a sign or a name as it is; null for a value of another kind. */
  private String next;

  private int at;

  Parser(String text) {
    this.text = text;
    this.words = WORD.matcher(text);
    advance();
  }

  Expression rule() {
    Expression all = or();
    if (words.group("end") == null) {
      throw unexpected("the end, or and, or");
    }
    return all;
  }

  private Expression or() {
    Expression left = and();
    while (takes("or")) {
      left = new Expression.Pair(left, Operator.OR, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (takes("and")) {
      left = new Expression.Pair(left, Operator.AND, not());
    }
    return left;
  }

  private Expression not() {
    return takes("not") ? new Expression.Not(not()) : comparison();
  }

  private Expression comparison() {
    Expression left = sum();
    Operator operator = next == null ? null : COMPARISONS.get(next);
    if (operator == null) {
      return left;
    }
    advance();
    return new Expression.Pair(left, operator, sum());
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (takes("+")) {
        left = new Expression.Pair(left, Operator.PLUS, product());
      } else if (takes("-")) {
        left = new Expression.Pair(left, Operator.MINUS, product());
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = value();
    while (true) {
      if (takes("*")) {
        left = new Expression.Pair(left, Operator.TIMES, value());
      } else if (takes("/")) {
        left = new Expression.Pair(left, Operator.BY, value());
      } else {
        return left;
      }
    }
  }

  private Expression value() {
    if (takes("(")) {
      Expression inside = or();
      if (!takes(")")) {
        throw unexpected(")");
      }
      return inside;
    }
    if (takes("-")) {
      return new Expression.Pair(new Expression.Constant(0.0), Operator.MINUS, value());
    }
    Expression value = constant();
    if (value == null) {
      throw unexpected("a number, a text in quotes or a path");
    }
    advance();
    return value;
  }

  private Expression constant() {
    if (words.group("number") != null) {
      return new Expression.Constant(Double.valueOf(words.group("number")));
    }
    for (String kind : List.of("text", "quoted")) {
      if (words.group(kind) != null) {
        return new Expression.Constant(words.group(kind));
      }
    }
    if (words.group("ticked") != null) {
      return new Expression.Path(words.group("ticked"));
    }
    String name = words.group("name");
    if (name == null || List.of("and", "or", "not").contains(name)) {
      return null;
    }
    return name.equals("true") || name.equals("false")
        ? new Expression.Constant(Boolean.valueOf(name))
        : new Expression.Path(name);
  }

  private boolean takes(String word) {
    if (!word.equals(next)) {
      return false;
    }
    advance();
    return true;
  }

  private void advance() {
    int from = at;
    words.region(from, text.length());
    if (!words.lookingAt()) {
      throw new RuleException(
          "Cannot read rule '%s': at character %s there is nothing that a rule knows ('%s')"
              .formatted(text, from + 1, text.substring(from).strip()));
    }
    at = words.end();
    next = words.group("sign") != null ? words.group("sign") : words.group("name");
  }

  private RuleException unexpected(String wanted) {
    String found = words.group().strip();
    return new RuleException(
        "Cannot read rule '%s': at character %s there must be %s (%s)"
            .formatted(
                text,
                words.end() - found.length() + 1,
                wanted,
                found.isEmpty() ? "the end" : "'" + found + "'"));
  }
}
