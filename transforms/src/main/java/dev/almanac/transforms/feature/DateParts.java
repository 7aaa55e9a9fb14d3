package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.schema.ColumnDemand;
import java.util.List;
import java.util.Optional;

/**
 * Numbers out of a date, each in a new column named {@code COLUMN.part}.
 *
 * @param column of dates
 * @param parts which numbers, in the order of the new columns
 */
public record DateParts(String column, List<DatePart> parts) implements RowFeature {
  public DateParts {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("parts must name one part or more");
    }
  }

  public DateParts(String column, DatePart... parts) {
    this(column, List.of(parts));
  }

  private String name(DatePart part) {
    return column + "." + part.text();
  }

  @Override
  public boolean losesCells() {
    return false;
  }

  @Override
  public void demand(StepDemands demands) {
    demands.ask(column, ColumnDemand.DATES);
    parts.forEach(part -> demands.makes(name(part)));
  }

  @Override
  public void bind(Binder binder) {
    Optional<Field> date = binder.typed(column, "dates", ColumnType.DATE);
    for (DatePart part : parts) {
      String name = name(part);
      if (date.isEmpty()) {
        binder.failed(column, name);
      } else {
        binder.derive(
            column,
            name,
            part.type(),
            date.get().nullable(),
            Role.NUMERIC,
            List.of(date.get()),
            part.function());
      }
    }
  }
}
