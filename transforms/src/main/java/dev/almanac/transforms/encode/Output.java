package dev.almanac.transforms.encode;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;

/**
 * A column that a model reads.
 *
 * @param cardinality of a category: how many indices there are; 0 of a number
 */
public record Output(String name, int cardinality) {
  /** A number, in float32. */
  public static Output number(String name) {
    return new Output(name, 0);
  }

  /** The index of a category, in int32. */
  public static Output category(String name, int cardinality) {
    return new Output(name, cardinality);
  }

  public boolean isNumber() {
    return cardinality == 0;
  }

  /** Its name and type. */
  public Field field() {
    return Field.required(name, isNumber() ? ColumnType.FLOAT32 : ColumnType.INT32);
  }
}
