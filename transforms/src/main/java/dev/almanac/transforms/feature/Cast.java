package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * The same cell as another type; null where it has no such value.
 *
 * <p>Integers become the nearest double. Doubles become the nearest integer, ties to even, null
 * beyond 64 bits. Dates become days since 1970-01-01 and back. Text is trimmed and read as a
 * decimal number or as {@code yyyy-MM-dd}, null when it is neither. Everything becomes text as
 * {@link TextView} says.
 *
 * @param column of any type
 * @param to long, double, date or string
 * @param into the new column; null replaces the column itself
 */
public record Cast(String column, ColumnType to, @MayBeAbsent String into) implements RowFeature {
  public Cast {
    if (to == ColumnType.FLOAT32 || to == ColumnType.INT32) {
      throw new IllegalArgumentException(
          "to must be long, double, date or string (%s)".formatted(to));
    }
  }

  @Override
  public void bind(Binder binder) {
    binder
        .any(column)
        .ifPresentOrElse(field -> derive(binder, field), () -> binder.failed(column, into));
  }

  private void derive(Binder binder, Field field) {
    CellFunction function = function(field.type());
    if (function == null) {
      binder.problem(
          "cannot cast column '%s': there is no %s in a %s".formatted(column, to, field.type()));
      binder.failed(column, into);
      return;
    }
    boolean total = function instanceof CellFunction.OfLong || to == ColumnType.STRING;
    Role role =
        switch (to) {
          case STRING -> Role.NOMINAL;
          case DATE -> Role.NONE;
          default -> Role.NUMERIC;
        };
    binder.derive(column, into, to, field.nullable() || !total, role, List.of(field), function);
  }

  /** Null when the types have nothing in common. */
  private CellFunction function(ColumnType from) {
    return switch (to) {
      case STRING -> (CellFunction.OfText) cell -> cell;
      case DOUBLE ->
          switch (from) {
            case STRING -> (CellFunction.TextToDouble) Cast::number;
            case DATE -> (CellFunction.LongToDouble) cell -> cell;
            default -> (CellFunction.OfDouble) cell -> cell;
          };
      case LONG ->
          switch (from) {
            case STRING -> (CellFunction.TextToLong) Cast::integer;
            case DOUBLE -> (CellFunction.DoubleToLong) Cast::nearest;
            default -> (CellFunction.OfLong) cell -> cell;
          };
      default ->
          switch (from) {
            case STRING -> (CellFunction.TextToLong) Cast::day;
            case DOUBLE -> null;
            default -> (CellFunction.OfLong) cell -> cell;
          };
    };
  }

  private static double number(String cell) {
    try {
      return Double.parseDouble(cell.trim());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Long integer(String cell) {
    try {
      return Long.valueOf(cell.trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Long nearest(double cell) {
    double whole = Math.rint(cell);
    return whole >= -0x1p63 && whole < 0x1p63 ? (Long) (long) whole : null;
  }

  private static Long day(String cell) {
    try {
      return LocalDate.parse(cell.trim()).toEpochDay();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
