package dev.almanac.transforms.column;

import java.io.Serializable;
import java.util.Objects;

/** Name, type and nullability of one column. */
public record Field(String name, ColumnType type, boolean nullable) implements Serializable {
  public Field {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  public static Field nullable(String name, ColumnType type) {
    return new Field(name, type, true);
  }

  public static Field required(String name, ColumnType type) {
    return new Field(name, type, false);
  }
}
