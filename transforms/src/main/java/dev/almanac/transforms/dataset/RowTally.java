package dev.almanac.transforms.dataset;

/**
 * How many rows are in one place.
 *
 * @param place a split's name, or why the rows are in none
 * @param shard of a split; else -1
 */
public record RowTally(String place, int shard, long rows) {
  /** Rows whose date is in none of the ranges. */
  public static final String OUTSIDE = "outside";

  /** Rows without a date. */
  public static final String NO_DATE = "no-date";

  /** Rows of a split without a label. */
  public static final String NO_LABEL = "no-label";

  /** Rows that are in no split. */
  public static RowTally leftOut(String place, long rows) {
    return new RowTally(place, -1, rows);
  }
}
