package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnType;

/** What a column that a feature step creates is to a model. */
public enum Role {
  /** A number. */
  NUMERIC,
  /** A category. */
  NOMINAL,
  /** Neither: a date, from which further steps make numbers. */
  NONE;

  /** What columns of a type are, unless the step knows better. */
  static Role of(ColumnType type) {
    return switch (type) {
      case STRING -> NOMINAL;
      case DATE -> NONE;
      default -> NUMERIC;
    };
  }
}
