package dev.almanac.training.run.find;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The pieces of a filter's text. A word goes on until a blank, a quote, a comma, a parenthesis or
 * an operator, so that keys, numbers, dates and durations are words; between backticks it may hold
 * anything.
 */
final class Tokens {
  /** What a piece is. */
  enum Type {
    WORD,
    TEXT,
    OPERATOR,
    OPEN,
    CLOSE,
    COMMA,
    END
  }

  /**
   * A piece.
   *
   * @param text without its quotes
   * @param at where it begins, from 0
   * @param plain whether it is as it was written, so that a word may be a keyword
   */
  record Token(Type type, String text, int at, boolean plain) {
    /** Whether it is this keyword, in any case. */
    boolean is(String keyword) {
      return type == Type.WORD && plain && text.toLowerCase(Locale.ROOT).equals(keyword);
    }

    /** For a message. */
    String shown() {
      return type == Type.END ? "the end" : "'%s'".formatted(text);
    }
  }

  private static final String ENDS = "()=!<>,'\"";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  Tokens(String text) throws FilterException {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '(' || c == ')' || c == ',') {
        Type type = c == '(' ? Type.OPEN : c == ')' ? Type.CLOSE : Type.COMMA;
        tokens.add(new Token(type, Character.toString(c), at++, true));
      } else if (c == '\'' || c == '"') {
        at = quoted(at, c);
      } else if (ENDS.indexOf(c) >= 0) {
        at = operator(at);
      } else {
        at = word(at);
      }
    }
    tokens.add(new Token(Type.END, "", text.length(), true));
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  /** Takes the next piece when it is this keyword. */
  boolean takes(String keyword) {
    boolean found = peek().is(keyword);
    next += found ? 1 : 0;
    return found;
  }

  FilterException problem(Token at, String why) {
    return problem(at.at(), why);
  }

  private FilterException problem(int at, String why) {
    return new FilterException("filter", text, at, why);
  }

  /** A quote inside is written twice. */
  private int quoted(int start, char quote) throws FilterException {
    StringBuilder content = new StringBuilder();
    int at = start + 1;
    while (true) {
      int end = text.indexOf(quote, at);
      if (end < 0) {
        throw problem(start, "the quote that begins here does not end");
      }
      content.append(text, at, end);
      if (end + 1 == text.length() || text.charAt(end + 1) != quote) {
        tokens.add(new Token(Type.TEXT, content.toString(), start, false));
        return end + 1;
      }
      content.append(quote);
      at = end + 2;
    }
  }

  private int operator(int at) throws FilterException {
    for (String operator : List.of("<=", ">=", "!=", "<>", "==", "=", "<", ">")) {
      if (text.startsWith(operator, at)) {
        tokens.add(new Token(Type.OPERATOR, operator, at, true));
        return at + operator.length();
      }
    }
    throw problem(at, "'!' is no operator: `not` turns a condition round, != is unequal");
  }

  private int word(int start) throws FilterException {
    StringBuilder word = new StringBuilder();
    boolean plain = true;
    int at = start;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && ENDS.indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '`') {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
          throw problem(at, "the backtick that begins here does not end");
        }
        word.append(text, at + 1, end);
        plain = false;
        at = end + 1;
      } else {
        word.append(text.charAt(at++));
      }
    }
    tokens.add(new Token(Type.WORD, word.toString(), start, plain));
    return at;
  }
}
