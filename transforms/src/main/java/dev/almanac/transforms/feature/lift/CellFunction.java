package dev.almanac.transforms.feature.lift;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import java.io.Serializable;
import java.util.List;

/**
 * A pure function of one row's cells.
 *
 * <p>The common shapes stand below, on primitives; {@link OfCells} is one of any number of cells.
 * Unless it says otherwise a null input gives null without a call, and so does a result that is not
 * finite or is a null reference. Functions of text alone run once for each distinct value of a
 * batch, never once a row. They must be deterministic and free of state.
 */
public interface CellFunction extends Serializable {
  /** How it sees the input of this place, counted from 0. */
  Seen sees(int input);

  /** The type of its results, of inputs of these types; integers may also be taken for dates. */
  ColumnType makes(List<ColumnType> inputs);

  /**
   * Whether a result may be null though all that it reads is there; not where clearing cells is
   * what it is for.
   */
  default boolean losesCells() {
    return true;
  }

  /**
   * Runs it over whole columns.
   *
   * @param inputs of types that suit what it {@link #sees}
   * @param made the type of the result, as {@link #makes}, or date for integers
   */
  Column over(List<Column> inputs, ColumnType made);

  /** A number out of a number; integers arrive rounded to the nearest double. */
  @FunctionalInterface
  interface OfDouble extends ToDouble {
    double apply(double cell);

    @Override
    default Seen sees(int input) {
      return Seen.NUMBER;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.doubles(inputs.get(0), this);
    }
  }

  /** A number out of two numbers of the same row. */
  @FunctionalInterface
  interface OfDoubles extends ToDouble {
    double apply(double left, double right);

    @Override
    default Seen sees(int input) {
      return Seen.NUMBER;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.doubles(inputs.get(0), inputs.get(1), this);
    }
  }

  /** An integer out of an integer, or of a date as days since 1970-01-01. */
  @FunctionalInterface
  interface OfLong extends ToLong {
    long apply(long cell);

    @Override
    default Seen sees(int input) {
      return Seen.INTEGER;
    }

    @Override
    default boolean losesCells() {
      return false;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.longs((LongColumn) inputs.get(0), this, made);
    }
  }

  /** An integer, or null, out of an integer, or of a date as days since 1970-01-01. */
  @FunctionalInterface
  interface LongToLong extends ToLong {
    Long apply(long cell);

    @Override
    default Seen sees(int input) {
      return Seen.INTEGER;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.longsOfLongs((LongColumn) inputs.get(0), this, made);
    }
  }

  /** A number out of an integer, or of a date as days since 1970-01-01. */
  @FunctionalInterface
  interface LongToDouble extends ToDouble {
    double apply(long cell);

    @Override
    default Seen sees(int input) {
      return Seen.INTEGER;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.doublesOfLongs((LongColumn) inputs.get(0), this);
    }
  }

  /** An integer, or null, out of a number. */
  @FunctionalInterface
  interface DoubleToLong extends ToLong {
    Long apply(double cell);

    @Override
    default Seen sees(int input) {
      return Seen.DOUBLE;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.longsOfDoubles((DoubleColumn) inputs.get(0), this, made);
    }
  }

  /** Text, or null, out of text. */
  @FunctionalInterface
  interface OfText extends CellFunction {
    String apply(String cell);

    @Override
    default Seen sees(int input) {
      return Seen.TEXT;
    }

    @Override
    default ColumnType makes(List<ColumnType> inputs) {
      return ColumnType.STRING;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return inputs.get(0).asText().mapped(this::apply);
    }
  }

  /** A number out of text; NaN for null. */
  @FunctionalInterface
  interface TextToDouble extends ToDouble {
    double apply(String cell);

    @Override
    default Seen sees(int input) {
      return Seen.TEXT;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.doublesOfText(inputs.get(0).asText(), this);
    }
  }

  /** An integer, or null, out of text. */
  @FunctionalInterface
  interface TextToLong extends ToLong {
    Long apply(String cell);

    @Override
    default Seen sees(int input) {
      return Seen.TEXT;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.longsOfText(inputs.get(0).asText(), this, made);
    }
  }

  /**
   * Whether the cell of the first column stays, by the text of the second; a null text keeps it.
   */
  @FunctionalInterface
  interface KeepByText extends CellFunction {
    boolean apply(String cell);

    @Override
    default Seen sees(int input) {
      return input == 0 ? Seen.CELL : Seen.TEXT;
    }

    @Override
    default ColumnType makes(List<ColumnType> inputs) {
      return inputs.get(0);
    }

    @Override
    default boolean losesCells() {
      return false;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.keep(inputs.get(0), inputs.get(1).asText(), this);
    }
  }

  /** An integer out of whether the cell is null. */
  @FunctionalInterface
  interface OfNull extends ToLong {
    long apply(boolean isNull);

    @Override
    default Seen sees(int input) {
      return Seen.CELL;
    }

    @Override
    default boolean losesCells() {
      return false;
    }

    @Override
    default Column over(List<Column> inputs, ColumnType made) {
      return Lift.indicator(inputs.get(0), this);
    }
  }

  /** A function whose results are doubles. */
  interface ToDouble extends CellFunction {
    @Override
    default ColumnType makes(List<ColumnType> inputs) {
      return ColumnType.DOUBLE;
    }
  }

  /** A function whose results are integers. */
  interface ToLong extends CellFunction {
    @Override
    default ColumnType makes(List<ColumnType> inputs) {
      return ColumnType.LONG;
    }
  }
}
