package dev.almanac.training.search.trial;

/**
 * How good a trial was after an epoch, or after so many row groups.
 *
 * @param epoch from 1; null when training is counted in row groups
 * @param rowGroups from 1, over all epochs; null when it is counted in epochs
 * @param value of the study's metric, of the model that the training would keep if the epoch ended
 *     now: that of the best epoch so far, never merely the last
 */
public record Report(Integer epoch, Integer rowGroups, double value) {
  public Report {
    if ((epoch == null) == (rowGroups == null)) {
      throw new IllegalArgumentException(
          "Cannot read a report: it is of an epoch or of row-groups (%s, %s)"
              .formatted(epoch, rowGroups));
    }
  }

  /** After an epoch. */
  public Report(int epoch, double value) {
    this(epoch, null, value);
  }

  /** After so much of a resource. */
  public static Report of(Resource resource, int at, double value) {
    return resource == Resource.EPOCHS ? new Report(at, value) : new Report(null, at, value);
  }

  public Resource resource() {
    return epoch == null ? Resource.ROW_GROUPS : Resource.EPOCHS;
  }

  /** The epoch, or how many row groups. */
  public int at() {
    return epoch == null ? rowGroups : epoch;
  }
}
