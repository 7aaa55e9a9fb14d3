package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.feature.lift.CellFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A function of one row written in Java, for programs that use the library.
 *
 * <pre>{@code RowFunction.of("TMIN", kelvin -> kelvin - 273.15, "TMIN.celsius")}</pre>
 *
 * <p>It must be deterministic. It cannot be written to an artifact: the file would not say what it
 * does.
 *
 * @param inputs one column, or two for a function of two numbers
 * @param function of their cells in a row
 * @param into the new column; the only input's own name replaces that column
 */
public record RowFunction(List<String> inputs, CellFunction function, String into)
    implements RowFeature {
  public RowFunction {
    inputs = List.copyOf(inputs);
  }

  /** A number out of a number. */
  public static RowFunction of(String input, CellFunction.OfDouble function, String into) {
    return new RowFunction(List.of(input), function, into);
  }

  /** A number out of two numbers. */
  public static RowFunction of(
      String left, String right, CellFunction.OfDoubles function, String into) {
    return new RowFunction(List.of(left, right), function, into);
  }

  /** Text out of text. */
  public static RowFunction ofText(String input, CellFunction.OfText function, String into) {
    return new RowFunction(List.of(input), function, into);
  }

  /** A number out of text. */
  public static RowFunction numberOfText(
      String input, CellFunction.TextToDouble function, String into) {
    return new RowFunction(List.of(input), function, into);
  }

  @Override
  public void bind(Binder binder) {
    List<Field> fields = new ArrayList<>();
    for (String input : inputs) {
      field(binder, input).ifPresent(fields::add);
    }
    String own = inputs.get(0);
    if (fields.size() < inputs.size()) {
      binder.failed(own, into);
    } else if (function instanceof CellFunction.OfDouble
        || function instanceof CellFunction.OfDoubles
        || function instanceof CellFunction.LongToDouble
        || function instanceof CellFunction.TextToDouble) {
      binder.deriveNumber(own, into, fields, function);
    } else if (function instanceof CellFunction.OfText) {
      binder.derive(own, into, ColumnType.STRING, true, Role.NOMINAL, fields, function);
    } else if (function instanceof CellFunction.KeepByText) {
      binder.problem("a function that clears cells is NullIfFlagged's alone");
    } else {
      binder.derive(own, into, ColumnType.LONG, true, Role.NUMERIC, fields, function);
    }
  }

  private Optional<Field> field(Binder binder, String input) {
    if (function instanceof CellFunction.OfDouble || function instanceof CellFunction.OfDoubles) {
      return binder.number(input);
    } else if (function instanceof CellFunction.OfLong
        || function instanceof CellFunction.LongToLong
        || function instanceof CellFunction.LongToDouble) {
      return binder.typed(input, "integers or dates", ColumnType.LONG, ColumnType.DATE);
    } else if (function instanceof CellFunction.DoubleToLong) {
      return binder.typed(input, "doubles", ColumnType.DOUBLE);
    } else if (function instanceof CellFunction.OfNull) {
      return binder.any(input);
    }
    return binder.typed(input, "text", ColumnType.STRING);
  }
}
