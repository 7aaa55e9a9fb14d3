package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.feature.lift.CellValue;
import dev.almanac.transforms.json.MayBeAbsent;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.NumberForm;
import java.util.List;

/**
 * The same cell as another type; null where it has no such value, which is then counted as
 * unreadable.
 *
 * <p>Integers become the nearest double. Doubles become the nearest integer, ties to even, null
 * beyond 64 bits. Dates become days since 1970-01-01 and back, within the years 0001 to 9999. Text
 * becomes what a CSV file's cell becomes in a column of that type. Everything becomes text as
 * {@link Column#asText} says.
 *
 * @param column of any type
 * @param to long, double, date or string
 * @param into the new column; null replaces the column itself
 * @param dateForm how text is written that becomes a date, or the digits of an integer that does;
 *     null for text in any form that leaves no doubt, see {@link CellValue#day(String)}
 * @param decimal the point in text that becomes a number; null for that of the source, or a point
 * @param thousands between groups of three digits in such text; null for what the source has
 */
public record Cast(
    String column,
    ColumnType to,
    @MayBeAbsent String into,
    @MayBeAbsent DateForm dateForm,
    @MayBeAbsent String decimal,
    @MayBeAbsent String thousands)
    implements RowFeature {
  public Cast {
    if (to == ColumnType.FLOAT32 || to == ColumnType.INT32) {
      throw new IllegalArgumentException(
          "to must be long, double, date or string (%s)".formatted(to));
    }
    if (dateForm != null && to != ColumnType.DATE) {
      throw new IllegalArgumentException("date-form is for to: date alone (to: %s)".formatted(to));
    }
    if (decimal != null || thousands != null) {
      if (to != ColumnType.LONG && to != ColumnType.DOUBLE) {
        throw new IllegalArgumentException(
            "decimal and thousands are for to: long and to: double (to: %s)".formatted(to));
      }
      numbers(decimal, thousands);
    }
  }

  public Cast(String column, ColumnType to, String into) {
    this(column, to, into, null, null, null);
  }

  public Cast(String column, ColumnType to, String into, DateForm dateForm) {
    this(column, to, into, dateForm, null, null);
  }

  private static NumberForm numbers(String decimal, String thousands) {
    return new NumberForm(
        decimal == null ? '.' : mark(decimal), thousands == null ? null : mark(thousands));
  }

  private static char mark(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(
          "decimal and thousands are one character each ('%s')".formatted(text));
    }
    return text.charAt(0);
  }

  @Override
  public RowFeature reading(NumberForm numbers) {
    boolean says = decimal != null || thousands != null;
    boolean isOfNumbers = to == ColumnType.LONG || to == ColumnType.DOUBLE;
    return says || !isOfNumbers || numbers.isStandard()
        ? this
        : new Cast(
            column,
            to,
            into,
            null,
            String.valueOf(numbers.decimal()),
            numbers.thousands() == null ? null : numbers.thousands().toString());
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
    boolean nullable = field.nullable() || losesCells() && function.losesCells();
    binder.derive(column, into, to, nullable, Role.of(to), List.of(field), function);
  }

  /** Everything has a text, whatever else it has none of. */
  @Override
  public boolean losesCells() {
    return to != ColumnType.STRING;
  }

  @Override
  public void demand(StepDemands demands) {
    if (to == ColumnType.STRING) {
      demands.ask(column, ColumnDemand.TEXT);
    }
    demands.makes(column, into);
  }

  /** Null when the types have nothing in common. */
  private CellFunction function(ColumnType from) {
    NumberForm numbers = numbers(decimal, thousands);
    return switch (to) {
      case STRING -> (CellFunction.OfText) cell -> cell;
      case DOUBLE ->
          switch (from) {
            case STRING -> (CellFunction.TextToDouble) cell -> CellValue.number(cell, numbers);
            case DATE -> (CellFunction.LongToDouble) cell -> cell;
            default -> (CellFunction.OfDouble) cell -> cell;
          };
      case LONG ->
          switch (from) {
            case STRING -> (CellFunction.TextToLong) cell -> CellValue.integer(cell, numbers);
            case DOUBLE -> (CellFunction.DoubleToLong) Cast::nearest;
            default -> (CellFunction.OfLong) cell -> cell;
          };
      default -> day(from, dateForm);
    };
  }

  private static CellFunction day(ColumnType from, DateForm form) {
    return switch (from) {
      case STRING ->
          form == null
              ? (CellFunction.TextToLong) CellValue::day
              : (CellFunction.TextToLong) cell -> CellValue.day(cell, form);
      case DOUBLE -> null;
      case DATE -> (CellFunction.OfLong) cell -> cell;
      default ->
          form == null
              ? (CellFunction.LongToLong) cell -> CellValue.isDay(cell) ? (Long) cell : null
              : (CellFunction.LongToLong) cell -> CellValue.day(Long.toString(cell), form);
    };
  }

  private static Long nearest(double cell) {
    double whole = Math.rint(cell);
    return whole >= -0x1p63 && whole < 0x1p63 ? (Long) (long) whole : null;
  }
}
