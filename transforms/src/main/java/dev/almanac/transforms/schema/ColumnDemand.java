package dev.almanac.transforms.schema;

/** What a column's roles ask of the values in its cells. */
public enum ColumnDemand {
  /** They must be numbers: a numeric feature, the label of a regression, the input of a step. */
  NUMBERS,
  /** As {@link #NUMBERS}, by a pattern: a column that holds other things is passed over. */
  NUMBERS_IF_ANY,
  /** They must be dates: the column that splits, the input of a step. */
  DATES,
  /** They stand for themselves: categories, classes, flags. */
  TEXT,
  /** They ride along, and should come back as they stand. */
  KEPT
}
