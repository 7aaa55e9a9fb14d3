package dev.almanac.transforms.staging;

import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.feature.plan.PartialColumn;
import dev.almanac.transforms.feature.plan.UnreadableCounts;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.schema.Place;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the row-wise features of a whole source could not read: for a person, and the end of the
 * work where it is too much.
 *
 * @param groups the names of the groups of rows that were counted apart; one may be nameless
 */
public record Unreadable(FeaturePlan plan, List<String> groups, UnreadableCounts counts) {
  /** The splits, and rows that have no date since a step could not read one. */
  static final List<String> GROUPS =
      List.of(
          Split.TRAIN.text(), Split.VALIDATION.text(), Split.TEST.text(), "rows without a date");

  /** Of a small split so many are told and are no share to judge. */
  private static final int FEW = 5;

  /** Of all ranges, in the order of the source, as {@link RangeChain} settled them. */
  public static Unreadable of(FeaturePlan plan, List<ChunkSummary> settled) {
    UnreadableCounts all = UnreadableCounts.none(plan, GROUPS.size());
    long lines = 0;
    for (ChunkSummary chunk : settled) {
      for (RangeSummary range : chunk.ranges()) {
        lines = range.range().from() == 0 ? 0 : lines;
        all = all.plus(range.unreadable().after(lines));
        lines += range.extent().lines();
      }
    }
    return new Unreadable(plan, GROUPS, all);
  }

  /** The group of each row, negative outside of all splits, by its split. */
  static byte[] groups(byte[] codes) {
    byte[] groups = codes;
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] == DateSplit.NO_DATE) {
        groups = groups == codes ? codes.clone() : groups;
        groups[row] = (byte) (GROUPS.size() - 1);
      }
    }
    return groups;
  }

  /** Of rows that are not split. */
  public static Unreadable of(FeaturePlan plan, UnreadableCounts counts) {
    return new Unreadable(plan, List.of(""), counts);
  }

  /** One for each column that has lost any. */
  public List<Notice> notices() {
    return counts.lost().stream()
        .map(
            lost ->
                new Notice(
                    Notice.Kind.UNREADABLE_CELLS,
                    column(lost).column(),
                    lost.total(),
                    "%s could not read %s; %s missing"
                        .formatted(
                            column(lost), cells(lost), lost.total() == 1 ? "it is" : "they are"),
                    lost.first().stream().map(Unreadable::text).toList()))
        .toList();
  }

  /**
   * Ends the work when a step lost a larger share of its cells: of all, or of one group's, unless
   * that group lost only a few.
   *
   * @throws DatasetException naming each such step, with places
   */
  public void check(double maxShare) {
    check("prepare", "features.max-unreadable: " + maxShare, maxShare, "source:");
  }

  /**
   * The same.
   *
   * @param work what cannot go on, such as {@code predict}
   * @param setting the limit's name and value, for the message
   * @param source the section that says how files are written
   */
  public void check(String work, String setting, double maxShare, String source) {
    List<String> beyond = new ArrayList<>();
    for (UnreadableCounts.Lost lost : counts.lost()) {
      if (isBeyond(lost, maxShare)) {
        beyond.add(
            "%s: %s%n    %s"
                .formatted(
                    column(lost),
                    cells(lost),
                    lost.first().stream()
                        .map(Unreadable::text)
                        .collect(Collectors.joining("%n    ".formatted()))));
      }
    }
    if (!beyond.isEmpty()) {
      throw new DatasetException(
          "Cannot %s: feature steps could not read more of their cells than %s allows%n  %s%nCorrect the files, or say how such cells are written: numbers and missing values under %s, dates by the step's date-form"
              .formatted(work, setting, String.join("%n  ".formatted(), beyond), source));
    }
  }

  private boolean isBeyond(UnreadableCounts.Lost lost, double maxShare) {
    List<Long> all = counts.cells(lost);
    if (lost.total() > maxShare * sum(all)) {
      return true;
    }
    for (int group = 0; group < all.size(); group++) {
      long cells = lost.cells().get(group);
      if (cells > FEW && cells > maxShare * all.get(group)) {
        return true;
      }
    }
    return false;
  }

  private PartialColumn column(UnreadableCounts.Lost lost) {
    return plan.partialColumns().get(lost.column());
  }

  /** Such as {@code 453 of 547 cells (82.8 %; train 300 of 362, test 153 of 185)}. */
  private String cells(UnreadableCounts.Lost lost) {
    List<Long> all = counts.cells(lost);
    List<String> parts = new ArrayList<>();
    parts.add("%s %%".formatted(percent(lost.total(), sum(all))));
    if (groups.size() > 1) {
      List<String> split = new ArrayList<>();
      for (int group = 0; group < groups.size(); group++) {
        if (lost.cells().get(group) > 0) {
          split.add(
              "%s %s of %s".formatted(groups.get(group), lost.cells().get(group), all.get(group)));
        }
      }
      parts.add(String.join(", ", split));
    }
    return "%s of %s (%s)"
        .formatted(lost.total(), Count.of(sum(all), "cell"), String.join("; ", parts));
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.3g", 100.0 * part / whole);
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static String text(Place place) {
    return "%s, line %s: %s".formatted(place.file(), place.line(), place.text());
  }
}
