package dev.almanac.transforms.feature.plan;

import java.io.Serializable;

/**
 * A column that a step writes and may leave missing in a row that has all the step reads: text that
 * is no number, a logarithm of -2, a division by zero. A step that is there to clear cells is none.
 *
 * @param step the step's name in configs; {@code function} of one written in Java
 * @param input what it reads: a column, or two with a comma between
 * @param column what it writes
 */
public record PartialColumn(String step, String input, String column) implements Serializable {
  static final String FUNCTION = "function";

  /** The step and its column, for a person: {@code cast of 'x2'}. */
  @Override
  public String toString() {
    return input.equals(column)
        ? "%s of '%s'".formatted(step, input)
        : "%s of '%s' into '%s'".formatted(step, input, column);
  }
}
