package dev.almanac.training.data;

/** What becomes of the rows that do not fill an epoch's last batch. */
public enum LastBatch {
  /** They make a smaller batch: each row is seen once an epoch. */
  KEEP,
  /** They are left out of this epoch; another epoch's order leaves out others. */
  DROP
}
