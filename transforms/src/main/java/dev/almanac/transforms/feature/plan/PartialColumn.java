package dev.almanac.transforms.feature.plan;

import dev.almanac.transforms.feature.Cast;
import dev.almanac.transforms.feature.Clip;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.EqualsIndicator;
import dev.almanac.transforms.feature.HashBucket;
import dev.almanac.transforms.feature.IsNull;
import dev.almanac.transforms.feature.IsPresent;
import dev.almanac.transforms.feature.NullIfFlagged;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.lift.CellFunction;
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

  /** Whether a step can leave the column missing. */
  static boolean isMadeBy(RowFeature step, CellFunction function) {
    boolean total =
        step instanceof NullIfFlagged
            || step instanceof DateParts
            || step instanceof EqualsIndicator
            || step instanceof HashBucket
            || step instanceof IsNull
            || step instanceof IsPresent
            || step instanceof Clip
            || step instanceof Cast cast && cast.isTotal(function);
    return !total
        && !(function instanceof CellFunction.OfLong)
        && !(function instanceof CellFunction.OfNull)
        && !(function instanceof CellFunction.KeepByText);
  }

  /** The step and its column, for a person: {@code cast of 'x2'}. */
  @Override
  public String toString() {
    return input.equals(column)
        ? "%s of '%s'".formatted(step, input)
        : "%s of '%s' into '%s'".formatted(step, input, column);
  }
}
