package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.feature.lift.OfCells;
import dev.almanac.transforms.feature.lift.Seen;
import dev.almanac.transforms.schema.ColumnDemand;
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
 * @param inputs one column or more, as many as the function reads
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

  /** Whatever the function makes of however many inputs, see {@link OfCells}. */
  public static RowFunction of(List<String> inputs, CellFunction function, String into) {
    return new RowFunction(inputs, function, into);
  }

  @Override
  public void bind(Binder binder) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      binder.seen(inputs.get(i), function.sees(i)).ifPresent(fields::add);
    }
    String own = inputs.get(0);
    if (fields.size() < inputs.size()) {
      binder.failed(own, into);
    } else {
      ColumnType made = function.makes(fields.stream().map(Field::type).toList());
      binder.derive(own, into, made, true, Role.of(made), fields, function);
    }
  }

  @Override
  public void demand(StepDemands demands) {
    for (int i = 0; i < inputs.size(); i++) {
      if (function.sees(i) == Seen.NUMBER) {
        demands.ask(inputs.get(i), ColumnDemand.NUMBERS);
      }
    }
    demands.makes(into);
  }

  @Override
  public Optional<String> name() {
    return Optional.empty();
  }
}
