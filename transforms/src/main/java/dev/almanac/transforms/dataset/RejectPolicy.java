package dev.almanac.transforms.dataset;

import java.io.Serializable;
import java.util.List;

/**
 * How many rows may be rejected before the work fails.
 *
 * @param maxRows the most rows; null sets no such limit
 * @param maxShare the largest share of the rows read, from 0 to 1; null sets no such limit
 */
public record RejectPolicy(Long maxRows, Double maxShare) implements Serializable {
  private static final int SHOWN = 5;

  /** Not one row may be rejected. */
  public static RejectPolicy none() {
    return new RejectPolicy(0L, null);
  }

  /**
   * Ends the work when more rows were rejected than the limits allow.
   *
   * @param work what cannot go on, such as {@code prepare}
   * @param read rows, those rejected among them
   * @param first some rejected rows for a person to see
   * @throws DatasetException when there are too many
   */
  public void check(String work, long rejected, long read, List<String> first) {
    if (allows(rejected, read)) {
      return;
    }
    List<String> shown = first.stream().limit(SHOWN).toList();
    throw new DatasetException(
        "Cannot %s: %d of %d rows cannot be parsed, and the config allows no more than %s%n  %s%s%nCorrect the files or the schema, or allow more under rejects: {max-rows: N} or {max-share: 0.01}; such rows are then kept in rejects/ with their place and reason"
            .formatted(
                work,
                rejected,
                read,
                this,
                String.join("%n  ".formatted(), shown),
                rejected > shown.size()
                    ? "%n  ... and %d more".formatted(rejected - shown.size())
                    : ""));
  }

  private boolean allows(long rejected, long read) {
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
