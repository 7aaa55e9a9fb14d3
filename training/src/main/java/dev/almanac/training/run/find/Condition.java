package dev.almanac.training.run.find;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What is asked of a run's facts. A comparison with a value that is missing is unknown. */
sealed interface Condition {
  Truth of(Facts facts);

  /** Adds the keys that are looked at. */
  void addKeys(Set<Key> keys);

  /** Both. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public Truth of(Facts facts) {
      Truth first = left.of(facts);
      return first == Truth.FALSE ? first : first.and(right.of(facts));
    }

    @Override
    public void addKeys(Set<Key> keys) {
      left.addKeys(keys);
      right.addKeys(keys);
    }
  }

  /** One or both. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public Truth of(Facts facts) {
      Truth first = left.of(facts);
      return first == Truth.TRUE ? first : first.or(right.of(facts));
    }

    @Override
    public void addKeys(Set<Key> keys) {
      left.addKeys(keys);
      right.addKeys(keys);
    }
  }

  /** Not. */
  record Not(Condition inner) implements Condition {
    @Override
    public Truth of(Facts facts) {
      return inner.of(facts).not();
    }

    @Override
    public void addKeys(Set<Key> keys) {
      inner.addKeys(keys);
    }
  }

  /** That a value is missing: never unknown. */
  record IsNull(Key key) implements Condition {
    @Override
    public Truth of(Facts facts) {
      return Truth.of(facts.get(key.name()) == null);
    }

    @Override
    public void addKeys(Set<Key> keys) {
      keys.add(key);
    }
  }

  /** A value beside a given one. */
  record Compare(Key key, Operator operator, Operand operand) implements Condition {
    @Override
    public Truth of(Facts facts) {
      Value value = facts.get(key.name());
      return value == null ? Truth.UNKNOWN : Truth.of(operand.matches(key, value, operator));
    }

    @Override
    public void addKeys(Set<Key> keys) {
      keys.add(key);
    }
  }

  /** One of several given values. */
  record In(Key key, List<Operand> operands) implements Condition {
    @Override
    public Truth of(Facts facts) {
      Value value = facts.get(key.name());
      return value == null
          ? Truth.UNKNOWN
          : Truth.of(
              operands.stream().anyMatch(operand -> operand.matches(key, value, Operator.EQUAL)));
    }

    @Override
    public void addKeys(Set<Key> keys) {
      keys.add(key);
    }
  }

  /** A text of a form. */
  record Like(Key key, Pattern form) implements Condition {
    /** A form with {@code %} for any text and {@code _} for one character. */
    static Like of(Key key, String like, boolean anyCase) {
      StringBuilder pattern = new StringBuilder();
      like.codePoints()
          .forEach(
              c ->
                  pattern.append(
                      switch (c) {
                        case '%' -> ".*";
                        case '_' -> ".";
                        default -> Pattern.quote(Character.toString(c));
                      }));
      int flags = anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
      return new Like(key, Pattern.compile(pattern.toString(), Pattern.DOTALL | flags));
    }

    @Override
    public Truth of(Facts facts) {
      Value value = facts.get(key.name());
      return value == null ? Truth.UNKNOWN : Truth.of(form.matcher(value.shown()).matches());
    }

    @Override
    public void addKeys(Set<Key> keys) {
      keys.add(key);
    }
  }

  /** A text that holds another, in any case. */
  record Contains(Key key, String part) implements Condition {
    @Override
    public Truth of(Facts facts) {
      Value value = facts.get(key.name());
      return value == null
          ? Truth.UNKNOWN
          : Truth.of(
              value.shown().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)));
    }

    @Override
    public void addKeys(Set<Key> keys) {
      keys.add(key);
    }
  }

  /** How two values compare. */
  enum Operator {
    EQUAL,
    UNEQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST;

    /** Whether it holds of a value that compares so with the given one. */
    boolean holds(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case UNEQUAL -> comparison != 0;
        case LESS -> comparison < 0;
        case AT_MOST -> comparison <= 0;
        case GREATER -> comparison > 0;
        case AT_LEAST -> comparison >= 0;
      };
    }
  }

  /**
   * A given value.
   *
   * @param number null when it spells none
   * @param times null when it is no time: the span that it names
   */
  record Operand(String text, Double number, Span times) {
    boolean matches(Key key, Value value, Operator operator) {
      if (times != null) {
        return times.matches(Instant.parse(value.text()), operator);
      }
      Double left = key.kind() == Key.Kind.TEXT ? null : value.spelled();
      if (left != null && number != null) {
        return left.isNaN() || number.isNaN()
            ? operator == Operator.UNEQUAL
            : operator.holds(Double.compare(left + 0.0, number + 0.0));
      }
      if (left != null && value.text() == null || number != null && key.kind() != Key.Kind.TEXT) {
        // A number beside a text: neither less nor greater.
        return operator == Operator.UNEQUAL;
      }
      return operator.holds(Value.compare(value.shown(), text));
    }
  }

  /** A time as a person gives it: a day, a minute or a second, from its first moment on. */
  record Span(Instant from, Instant until) {
    boolean matches(Instant time, Operator operator) {
      boolean inside = !time.isBefore(from) && time.isBefore(until);
      return switch (operator) {
        case EQUAL -> inside;
        case UNEQUAL -> !inside;
        default -> operator.holds(time.compareTo(from));
      };
    }
  }
}
