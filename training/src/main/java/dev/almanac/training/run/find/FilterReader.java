package dev.almanac.training.run.find;

import dev.almanac.training.run.find.Condition.Operator;
import dev.almanac.training.run.find.Tokens.Token;
import dev.almanac.training.run.find.Tokens.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a filter: {@code or} of {@code and} of {@code not} of comparisons and parentheses. Keywords
 * are of any case.
 */
final class FilterReader {
  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "not", "in", "like", "ilike", "contains", "is", "null");

  /** Parentheses and negations within each other. */
  private static final int DEEPEST = 200;

  private final Tokens tokens;
  private final Operands operands;
  private int depth;

  FilterReader(String text, Instant now) throws FilterException {
    tokens = new Tokens(text);
    operands = new Operands(tokens, now);
  }

  Condition read() throws FilterException {
    Condition whole = or();
    Token rest = tokens.peek();
    if (rest.type() != Type.END) {
      throw tokens.problem(
          rest, "'and', 'or' or the end must follow here (%s found)".formatted(rest.shown()));
    }
    return whole;
  }

  private Condition or() throws FilterException {
    Condition left = and();
    while (tokens.takes("or")) {
      left = new Condition.Or(left, and());
    }
    return left;
  }

  private Condition and() throws FilterException {
    Condition left = not();
    while (tokens.takes("and")) {
      left = new Condition.And(left, not());
    }
    return left;
  }

  private Condition not() throws FilterException {
    Token at = tokens.peek();
    if (++depth > DEEPEST) {
      throw tokens.problem(at, "it is nested too deeply");
    }
    try {
      return tokens.takes("not") ? new Condition.Not(not()) : single();
    } finally {
      depth--;
    }
  }

  private Condition single() throws FilterException {
    Token first = tokens.take();
    if (first.type() == Type.OPEN) {
      Condition inner = or();
      Token end = tokens.take();
      if (end.type() != Type.CLOSE) {
        throw tokens.problem(
            end, "a ')' must close the '(' of column %s here".formatted(first.at() + 1));
      }
      return inner;
    }
    Key key = key(first);
    Token then = tokens.take();
    if (then.type() == Type.OPERATOR) {
      return new Condition.Compare(key, operator(then.text()), operands.of(key));
    }
    if (then.is("is")) {
      boolean not = tokens.takes("not");
      Token last = tokens.take();
      if (!last.is("null")) {
        throw tokens.problem(last, "'null' must follow `is` (%s found)".formatted(last.shown()));
      }
      return turned(not, new Condition.IsNull(key));
    }
    boolean not = then.is("not");
    Token word = not ? tokens.take() : then;
    if (word.is("in")) {
      return turned(not, new Condition.In(key, list(key)));
    }
    if (word.is("like") || word.is("ilike")) {
      return turned(not, Condition.Like.of(key, operands.text(key), word.is("ilike")));
    }
    if (word.is("contains")) {
      return turned(not, new Condition.Contains(key, operands.text(key)));
    }
    throw tokens.problem(
        word,
        "one of =, !=, <, <=, >, >=, in, like, contains, is must follow %s (%s found)"
            .formatted(key.name(), word.shown()));
  }

  private static Condition turned(boolean not, Condition condition) {
    return not ? new Condition.Not(condition) : condition;
  }

  private List<Condition.Operand> list(Key key) throws FilterException {
    Token open = tokens.take();
    if (open.type() != Type.OPEN) {
      throw tokens.problem(open, "a list such as (a, b) must follow `in`");
    }
    List<Condition.Operand> list = new ArrayList<>();
    Token next;
    do {
      list.add(operands.of(key));
      next = tokens.take();
    } while (next.type() == Type.COMMA);
    if (next.type() != Type.CLOSE) {
      throw tokens.problem(
          next, "a comma or ')' must follow a value of a list (%s found)".formatted(next.shown()));
    }
    return list;
  }

  private Key key(Token token) throws FilterException {
    if (token.type() != Type.WORD || KEYWORDS.stream().anyMatch(token::is)) {
      throw tokens.problem(
          token,
          "a condition begins with a key, such as metrics.validation.mae (%s found)"
              .formatted(token.shown()));
    }
    return Key.of(token.text()).orElseThrow(() -> unknown(token));
  }

  private FilterException unknown(Token token) {
    return tokens.problem(token, Key.unknown(token.text()));
  }

  private static Operator operator(String text) {
    return switch (text) {
      case "=", "==" -> Operator.EQUAL;
      case "!=", "<>" -> Operator.UNEQUAL;
      case "<" -> Operator.LESS;
      case "<=" -> Operator.AT_MOST;
      case ">" -> Operator.GREATER;
      default -> Operator.AT_LEAST;
    };
  }
}
