package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.json.MayBeAbsent;
import dev.almanac.transforms.schema.ColumnDemand;
import java.util.List;

/**
 * A number drawn to the nearer end of a range when it lies outside.
 *
 * <p>Integers stay integers when the ends are whole numbers below 2^53; else the result is double.
 *
 * @param column of numbers
 * @param min the lower end, itself inside; null for none
 * @param max the upper end, itself inside; null for none
 * @param into the new column; null replaces the column itself
 */
public record Clip(
    String column, @MayBeAbsent Double min, @MayBeAbsent Double max, @MayBeAbsent String into)
    implements RowFeature {
  private static final double EXACT_INTEGERS = 0x1p53;

  public Clip {
    if (min == null && max == null) {
      throw new IllegalArgumentException("min or max must be given");
    }
    if (isNotFinite(min) || isNotFinite(max)) {
      throw new IllegalArgumentException(
          "min and max must be finite (min %s, max %s)".formatted(min, max));
    }
    if (min != null && max != null && min > max) {
      throw new IllegalArgumentException(
          "min must not exceed max (min %s, max %s)".formatted(min, max));
    }
  }

  @Override
  public boolean losesCells() {
    return false;
  }

  @Override
  public void demand(StepDemands demands) {
    demands.ask(column, ColumnDemand.NUMBERS);
    demands.makes(column, into);
  }

  @Override
  public void bind(Binder binder) {
    binder
        .number(column)
        .ifPresentOrElse(field -> derive(binder, field), () -> binder.failed(column, into));
  }

  private void derive(Binder binder, Field field) {
    if (field.type() == ColumnType.LONG && isWhole(min) && isWhole(max)) {
      long least = min == null ? Long.MIN_VALUE : min.longValue();
      long most = max == null ? Long.MAX_VALUE : max.longValue();
      binder.derive(
          column,
          into,
          ColumnType.LONG,
          field.nullable(),
          Role.NUMERIC,
          List.of(field),
          (CellFunction.OfLong) cell -> Math.max(least, Math.min(most, cell)));
    } else {
      double least = min == null ? -Double.MAX_VALUE : min;
      double most = max == null ? Double.MAX_VALUE : max;
      binder.deriveNumber(
          column,
          into,
          List.of(field),
          (CellFunction.OfDouble) cell -> Math.max(least, Math.min(most, cell)));
    }
  }

  private static boolean isNotFinite(Double end) {
    return end != null && !Double.isFinite(end);
  }

  private static boolean isWhole(Double end) {
    return end == null || (end == Math.rint(end) && Math.abs(end) < EXACT_INTEGERS);
  }
}
