package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.json.MayBeAbsent;
import java.util.List;

/**
 * 1 where a cell holds a value, 0 where it is null; never null itself.
 *
 * @param column of any type
 * @param into the new column; null replaces the column itself
 */
public record IsPresent(String column, @MayBeAbsent String into) implements RowFeature {
  @Override
  public boolean losesCells() {
    return false;
  }

  @Override
  public void demand(StepDemands demands) {
    demands.makes(into == null ? column : into);
  }

  @Override
  public void bind(Binder binder) {
    binder
        .any(column)
        .ifPresentOrElse(
            field ->
                binder.derive(
                    column,
                    into,
                    ColumnType.LONG,
                    false,
                    Role.NUMERIC,
                    List.of(field),
                    (CellFunction.OfNull) isNull -> isNull ? 0L : 1L),
            () -> binder.failed(column, into));
  }
}
