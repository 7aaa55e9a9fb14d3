package dev.almanac.transforms.feature;

/** What a column that a feature step creates is to a model. */
public enum Role {
  /** A number. */
  NUMERIC,
  /** A category. */
  NOMINAL,
  /** Neither: a date, from which further steps make numbers. */
  NONE
}
