package dev.almanac.training.run;

import dev.almanac.transforms.problem.RefusedException;

/**
 * Where a training ends, or rests: after so many epochs, and so many row groups of the next.
 *
 * @param epochs from 0
 * @param rowGroups from 0; more than an epoch has are all of them
 */
public record Until(int epochs, int rowGroups) {
  public Until {
    if (epochs < 0 || rowGroups < 0 || epochs == 0 && rowGroups == 0) {
      throw new RefusedException(
          "Cannot train until %s: epochs are from 1".formatted(text(epochs, rowGroups)));
    }
  }

  /** The end of an epoch, from 1. */
  public static Until epoch(int epoch) {
    return new Until(epoch, 0);
  }

  /** The last epoch that is begun, from 1. */
  public int lastEpoch() {
    return rowGroups == 0 ? epochs : epochs + 1;
  }

  /** Such as {@code epoch 2} or {@code 3 row groups of epoch 3}. */
  public String text() {
    return text(epochs, rowGroups);
  }

  private static String text(int epochs, int rowGroups) {
    return rowGroups == 0
        ? "epoch " + epochs
        : "%s row groups of epoch %s".formatted(rowGroups, epochs + 1);
  }
}
