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
 * @param from the column's name in the files, where a reader is to give it another; null where it
 *     is {@code name}
 */
public record SourceColumn(
    String name, ColumnType type, DateForm dateForm, boolean nullable, String from)
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

  /** A column that keeps its name. */
  public SourceColumn(String name, ColumnType type, DateForm dateForm, boolean nullable) {
    this(name, type, dateForm, nullable, null);
  }

  /** The column's name in the files. */
  public String source() {
    return from == null ? name : from;
  }

  public Field field() {
    return new Field(name, type, nullable);
  }
}
