package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.TextHash;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.schema.ColumnDemand;
import java.util.List;

/**
 * A category from 0 to {@code buckets - 1} by the hash of a cell's text; null stays null.
 *
 * <p>The hash is the {@link TextHash} with seed 0 of the cell's {@link Column#asText text}, read as
 * an unsigned number, modulo {@code buckets}: the same on every machine, and in every other
 * implementation of that hash.
 *
 * @param column of any type
 * @param buckets how many categories, 1 or more
 * @param into the new column, a nominal one
 */
public record HashBucket(String column, int buckets, String into) implements RowFeature {
  private static final TextHash HASH = new TextHash(0);

  public HashBucket {
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets must be 1 or more (%s)".formatted(buckets));
    }
  }

  @Override
  public boolean losesCells() {
    return false;
  }

  @Override
  public void demand(StepDemands demands) {
    demands.ask(column, ColumnDemand.TEXT);
    demands.makes(into);
  }

  @Override
  public void bind(Binder binder) {
    int modulus = buckets;
    binder
        .any(column)
        .ifPresentOrElse(
            field ->
                binder.derive(
                    null,
                    into,
                    ColumnType.LONG,
                    field.nullable(),
                    Role.NOMINAL,
                    List.of(field),
                    (CellFunction.TextToLong) cell -> (long) HASH.bucket(cell, modulus)),
            () -> binder.failed(column, into));
  }
}
