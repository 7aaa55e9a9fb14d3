package dev.almanac.transforms.schema;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import java.io.Serializable;
import java.util.Objects;

/**
 * A column as source files hold it.
 *
 * @param type long, double, date or string
 * @param dateForm how its dates are written; null unless the type is date
 * @param nullable whether a cell may be missing
 */
public record SourceColumn(String name, ColumnType type, DateForm dateForm, boolean nullable)
    implements Serializable {
  public SourceColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    if ((type == ColumnType.DATE) != (dateForm != null)) {
      throw new IllegalArgumentException(
          "Cannot describe column '%s': a date column, and no other, has a date form"
              .formatted(name));
    }
  }

  public Field field() {
    return new Field(name, type, nullable);
  }
}
