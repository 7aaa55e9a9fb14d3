package dev.almanac.transforms.dataset;

import java.io.Serializable;

/**
 * How many rows may be rejected before the work fails.
 *
 * @param maxRows the most rows; null sets no such limit
 * @param maxShare the largest share of the rows read, from 0 to 1; null sets no such limit
 */
public record RejectPolicy(Long maxRows, Double maxShare) implements Serializable {
  /** Not one row may be rejected. */
  public static RejectPolicy none() {
    return new RejectPolicy(0L, null);
  }

  /** Whether so many rejected rows are within the limits. */
  public boolean allows(long rejected, long read) {
    return (maxRows == null || rejected <= maxRows)
        && (maxShare == null || rejected <= maxShare * read);
  }

  @Override
  public String toString() {
    String rows = maxRows == null ? null : "rejects.max-rows: " + maxRows;
    String share = maxShare == null ? null : "rejects.max-share: " + maxShare;
    if (rows == null || share == null) {
      return rows == null ? String.valueOf(share) : rows;
    }
    return rows + ", " + share;
  }
}
