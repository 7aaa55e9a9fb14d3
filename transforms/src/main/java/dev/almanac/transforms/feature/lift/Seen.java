package dev.almanac.transforms.feature.lift;

/** How a {@link CellFunction} sees the cells of one of its inputs. */
public enum Seen {
  /** As a double: integers rounded to the nearest one. */
  NUMBER,
  /** As an integer, or a date as days since 1970-01-01. */
  INTEGER,
  /** As a double that the column itself holds. */
  DOUBLE,
  /** As its text, whatever it is. */
  TEXT,
  /** As it is: what matters is whether it is null. */
  CELL
}
