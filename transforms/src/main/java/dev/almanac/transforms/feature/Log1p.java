package dev.almanac.transforms.feature;

import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.json.MayBeAbsent;
import dev.almanac.transforms.schema.ColumnDemand;
import java.util.List;

/**
 * The natural logarithm of one plus a number; null at -1 and below.
 *
 * @param column of numbers
 * @param into the new column; null replaces the column itself
 */
public record Log1p(String column, @MayBeAbsent String into) implements RowFeature {
  @Override
  public void demand(StepDemands demands) {
    demands.ask(column, ColumnDemand.NUMBERS);
    demands.makes(column, into);
  }

  @Override
  public void bind(Binder binder) {
    binder
        .number(column)
        .ifPresentOrElse(
            field ->
                binder.deriveNumber(
                    column, into, List.of(field), (CellFunction.OfDouble) StrictMath::log1p),
            () -> binder.failed(column, into));
  }
}
