package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.schema.ColumnDemand;
import java.util.List;
import java.util.Optional;

/**
 * The left number divided by the right one; null where that is no finite number.
 *
 * @param left a column of numbers
 * @param right a column of numbers
 * @param into the new column
 */
public record Ratio(String left, String right, String into) implements RowFeature {
  @Override
  public void demand(StepDemands demands) {
    demands.ask(left, ColumnDemand.NUMBERS);
    demands.ask(right, ColumnDemand.NUMBERS);
    demands.makes(into);
  }

  @Override
  public void bind(Binder binder) {
    Optional<Field> first = binder.number(left);
    Optional<Field> second = binder.number(right);
    if (first.isEmpty() || second.isEmpty()) {
      binder.failed(into, into);
      return;
    }
    binder.deriveNumber(
        null, into, List.of(first.get(), second.get()), (CellFunction.OfDoubles) (x, y) -> x / y);
  }
}
