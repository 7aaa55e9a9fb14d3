package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.feature.lift.CellFunction;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * 1 where a cell equals a value, 0 where it does not, null where it is null.
 *
 * @param column of any type
 * @param value as text: a decimal number for numbers, {@code yyyy-MM-dd} for dates
 * @param into the new column
 */
public record EqualsIndicator(String column, String value, String into) implements RowFeature {
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
    Optional<Field> field = binder.any(column);
    Optional<CellFunction> test = field.flatMap(there -> test(there.type(), binder));
    if (test.isEmpty()) {
      binder.failed(column, into);
      return;
    }
    binder.derive(
        null,
        into,
        field.get().type() == ColumnType.DOUBLE ? ColumnType.DOUBLE : ColumnType.LONG,
        field.get().nullable(),
        Role.NUMERIC,
        List.of(field.get()),
        test.get());
  }

  private Optional<CellFunction> test(ColumnType type, Binder binder) {
    try {
      return Optional.of(test(type));
    } catch (NumberFormatException | DateTimeParseException e) {
      binder.problem(
          "value '%s' is not a %s, which column '%s' holds".formatted(value, type, column));
      return Optional.empty();
    }
  }

  private CellFunction test(ColumnType type) {
    return switch (type) {
      case LONG -> equal(Long.parseLong(value));
      case DATE -> equal(LocalDate.parse(value).toEpochDay());
      case DOUBLE -> {
        double wanted = Double.parseDouble(value);
        yield (CellFunction.OfDouble) cell -> cell == wanted ? 1 : 0;
      }
      default -> {
        String wanted = value;
        yield (CellFunction.TextToLong) cell -> cell.equals(wanted) ? 1L : 0L;
      }
    };
  }

  private static CellFunction equal(long wanted) {
    return (CellFunction.OfLong) cell -> cell == wanted ? 1 : 0;
  }
}
