package dev.almanac.training.data.shuffle;

import java.util.List;
import java.util.Locale;

/**
 * How well the batches of an epoch were mixed, each figure beside what a full shuffle of the split
 * would give. When the rows of a dataset are ordered and the reader's window is small, the rows of
 * a batch are too much alike: training then sees one station, season or class at a time.
 *
 * @param batches measured: those that were full
 * @param labelVariance by how much the batches' mean labels vary, as a multiple of the variance in
 *     a full shuffle (the labels' variance over the batch size; for a class of two that is the
 *     binomial variance): about 1 when well mixed, null below two batches
 * @param rowGroup neighbours out of the same row group, exactly, from the plan
 * @param categories neighbours of the same category, a column each; counted in a part of the
 *     batches
 * @param windowDates the share of the split's days that a window spans, on average, by the files'
 *     own statistics of the kept date column: 1 when any day's rows may come next; null without
 *     such a column
 */
public record ShuffleQuality(
    long batches,
    Double labelVariance,
    Neighbours rowGroup,
    List<Neighbours> categories,
    Double windowDates) {
  /** Twice what chance gives is seen in a learning curve; less is not. */
  private static final double POOR_RATIO = 2;

  /** So many standard deviations from chance are no chance. */
  private static final double SIGNIFICANT = 6;

  private static final double POOR_DATES = 0.5;

  public ShuffleQuality {
    categories = List.copyOf(categories);
  }

  /**
   * Rows that follow one another in a batch.
   *
   * @param name of what they may have in common
   * @param pairs looked at
   * @param same the share of pairs that have it in common
   * @param shuffled the share that a full shuffle would give
   */
  public record Neighbours(String name, long pairs, double same, double shuffled) {
    boolean isPoor() {
      double chance = Math.sqrt(shuffled * (1 - shuffled) / Math.max(1, pairs));
      return same > POOR_RATIO * shuffled && same - shuffled > SIGNIFICANT * chance;
    }
  }

  /** What is wrong with the order and what to do; empty when nothing is. */
  public String warning() {
    StringBuilder text = new StringBuilder();
    if (isLabelPoor()) {
      add(
          text,
          String.format(
              Locale.ROOT,
              "mean labels vary %.1f times as much as chance makes them",
              labelVariance));
    }
    for (Neighbours neighbours : categories) {
      if (neighbours.isPoor()) {
        add(
            text,
            String.format(
                Locale.ROOT,
                "neighbours share '%s' in %.1f %% of pairs (%.1f %% by chance)",
                neighbours.name(),
                100 * neighbours.same(),
                100 * neighbours.shuffled()));
      }
    }
    if (windowDates != null && windowDates < POOR_DATES) {
      add(
          text,
          String.format(Locale.ROOT, "a window spans %.0f %% of the days", 100 * windowDates));
    }
    return text.length() == 0
        ? ""
        : "The rows of a batch are more alike than those of the split: %s; prepare the dataset with `output.order: shuffled`, or raise `train.mixed-row-groups`"
            .formatted(text);
  }

  private boolean isLabelPoor() {
    double chance = Math.sqrt(2.0 / Math.max(1, batches - 1));
    return labelVariance != null
        && labelVariance > POOR_RATIO
        && labelVariance > 1 + SIGNIFICANT * chance;
  }

  private static void add(StringBuilder text, String part) {
    text.append(text.length() == 0 ? "" : ", ").append(part);
  }
}
