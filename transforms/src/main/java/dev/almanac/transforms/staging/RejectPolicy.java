package dev.almanac.transforms.staging;

import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.reject.RejectSigns;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

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

  /** As many as there are may be rejected. */
  static RejectPolicy any() {
    return new RejectPolicy(null, null);
  }

  /**
   * Ends the work when more rows were rejected than the limits allow.
   *
   * @param work what cannot go on, such as {@code prepare}
   * @param read rows, those rejected among them
   * @param first some rejected rows for a person to see
   * @throws DatasetException when there are too many
   */
  public void check(String work, long rejected, long read, List<Reject> first) {
    if (!allows(rejected, read)) {
      throw tooMany(
          work, "%s of the %s read".formatted(rejected, Count.of(read, "row")), rejected, first);
    }
  }

  /** Whether so many of the rows read may be rejected. */
  public boolean allows(long rejected, long read) {
    return !exceedsRows(rejected) && (maxShare == null || rejected <= maxShare * read);
  }

  /** The same for a part of the rows: their share says nothing yet. */
  void checkRows(String work, long rejected, long read, List<Reject> first) {
    if (exceedsRows(rejected)) {
      throw tooMany(
          work, "%s of the %s read".formatted(rejected, Count.of(read, "row")), rejected, first);
    }
  }

  /** The same while rows are being read. */
  void checkAtLeast(String work, long rejected, List<Reject> first) {
    if (exceedsRows(rejected)) {
      throw tooMany(work, "at least %s".formatted(Count.of(rejected, "row")), rejected, first);
    }
  }

  /** Whether they are too many however many rows there are. */
  public boolean exceedsRows(long rejected) {
    return maxRows != null && rejected > maxRows;
  }

  private DatasetException tooMany(String work, String rows, long rejected, List<Reject> first) {
    List<String> shown = first.stream().limit(SHOWN).map(Reject::toString).toList();
    return new DatasetException(
        "Cannot %s: %s cannot be parsed, and the config allows no more than %s%n  %s%s%nCorrect the files or the schema, or allow more under rejects: {max-rows: N} or {max-share: 0.01}; such rows are then kept in rejects/ with their place and reason%s%s"
            .formatted(
                work,
                rows,
                this,
                String.join("%n  ".formatted(), shown),
                rejected > shown.size()
                    ? "%n  ... and %s more".formatted(rejected - shown.size())
                    : "",
                first.stream().anyMatch(RejectPolicy::isNan)
                    ? "; where NaN means that a value is missing, list it in source.nulls"
                    : "",
                RejectSigns.of(first).stream()
                    .map(sign -> "%n%s".formatted(sign))
                    .collect(Collectors.joining())));
  }

  private static boolean isNan(Reject reject) {
    return reject.reason() == RejectReason.NOT_FINITE && reject.text().equalsIgnoreCase("nan");
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
