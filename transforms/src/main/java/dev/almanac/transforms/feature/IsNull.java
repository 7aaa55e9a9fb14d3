package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.feature.lift.CellFunction;
import java.util.List;

/**
 * 1 where a cell is null, else 0; never null itself.
 *
 * @param column of any type
 * @param into the new column
 */
public record IsNull(String column, String into) implements RowFeature {
  @Override
  public boolean losesCells() {
    return false;
  }

  @Override
  public void demand(StepDemands demands) {
    demands.makes(into);
  }

  @Override
  public void bind(Binder binder) {
    binder
        .any(column)
        .ifPresentOrElse(
            field ->
                binder.derive(
                    null,
                    into,
                    ColumnType.LONG,
                    false,
                    Role.NUMERIC,
                    List.of(field),
                    (CellFunction.OfNull) isNull -> isNull ? 1L : 0L),
            () -> binder.failed(column, into));
  }
}
