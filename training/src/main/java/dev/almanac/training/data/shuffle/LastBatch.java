package dev.almanac.training.data.shuffle;

/** What happens to the rows that do not fill an epoch's last batch. */
public enum LastBatch {
  /**
   * They make a smaller batch: each row is seen once an epoch. Of several ranks each gets an equal
   * share, give or take one row; only rows that are fewer than the ranks are left out.
   */
  KEEP,
  /** They are left out of this epoch; another epoch's order leaves out others. */
  DROP
}
