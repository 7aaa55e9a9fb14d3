package dev.almanac.transforms.column;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What the cells of a column are. The last two appear only after a fit has been applied. */
public enum ColumnType {
  /** 64-bit signed integers. */
  LONG("long"),
  /** Finite IEEE 754 binary64 numbers. */
  DOUBLE("double"),
  /** Days since 1970-01-01 in the proleptic ISO calendar, held by a {@link LongColumn}. */
  DATE("date"),
  /** Unicode text. */
  STRING("string"),
  /** An encoded feature or a label; never null. */
  FLOAT32("float32"),
  /** An encoded category: an index from 0; never null. */
  INT32("int32");

  private final String text;

  ColumnType(String text) {
    this.text = text;
  }

  /** The name used in files, such as {@code long}. */
  @JsonValue
  public String text() {
    return text;
  }

  /** True for the types that hold numbers a person would compute with; dates are not. */
  public boolean isNumeric() {
    return this == LONG || this == DOUBLE || this == FLOAT32;
  }

  /**
   * The type with this name in files.
   *
   * @throws IllegalArgumentException naming the known types
   */
  @JsonCreator
  public static ColumnType of(String text) {
    for (ColumnType type : values()) {
      if (type.text.equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read column type '%s': known types are long, double, date, string, float32, int32"
            .formatted(text));
  }

  @Override
  public String toString() {
    return text;
  }
}
