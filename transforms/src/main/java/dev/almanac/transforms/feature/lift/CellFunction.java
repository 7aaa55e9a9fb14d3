package dev.almanac.transforms.feature.lift;

import java.io.Serializable;

/**
 * A pure function of one row's cells, on primitives.
 *
 * <p>{@link Lift} runs it over arrays: a null input gives null without a call, and so does a result
 * that is not finite or is a null reference. Functions of text run once for each distinct value of
 * a batch, never once a row. They must be deterministic and free of state.
 */
public sealed interface CellFunction extends Serializable {

  /** A number out of a number; integers arrive rounded to the nearest double. */
  @FunctionalInterface
  non-sealed interface OfDouble extends CellFunction {
    double apply(double cell);
  }

  /** A number out of two numbers of the same row. */
  @FunctionalInterface
  non-sealed interface OfDoubles extends CellFunction {
    double apply(double left, double right);
  }

  /** An integer out of an integer, or of a date as days since 1970-01-01. */
  @FunctionalInterface
  non-sealed interface OfLong extends CellFunction {
    long apply(long cell);
  }

  /** An integer, or null, out of an integer, or of a date as days since 1970-01-01. */
  @FunctionalInterface
  non-sealed interface LongToLong extends CellFunction {
    Long apply(long cell);
  }

  /** A number out of an integer, or of a date as days since 1970-01-01. */
  @FunctionalInterface
  non-sealed interface LongToDouble extends CellFunction {
    double apply(long cell);
  }

  /** An integer, or null, out of a number. */
  @FunctionalInterface
  non-sealed interface DoubleToLong extends CellFunction {
    Long apply(double cell);
  }

  /** Text, or null, out of text. */
  @FunctionalInterface
  non-sealed interface OfText extends CellFunction {
    String apply(String cell);
  }

  /** A number out of text; NaN for null. */
  @FunctionalInterface
  non-sealed interface TextToDouble extends CellFunction {
    double apply(String cell);
  }

  /** An integer, or null, out of text. */
  @FunctionalInterface
  non-sealed interface TextToLong extends CellFunction {
    Long apply(String cell);
  }

  /**
   * Whether the cell of the first column stays, by the text of the second; a null text keeps it.
   */
  @FunctionalInterface
  non-sealed interface KeepByText extends CellFunction {
    boolean apply(String cell);
  }

  /** An integer out of whether the cell is null: the one function that sees nulls. */
  @FunctionalInterface
  non-sealed interface OfNull extends CellFunction {
    long apply(boolean isNull);
  }
}
