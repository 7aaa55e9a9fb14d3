package dev.almanac.training.data.shuffle;

import dev.almanac.training.data.read.IntEnds;
import dev.almanac.training.data.read.RowGroup;
import dev.almanac.training.data.read.RowGroupCatalog;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much of a split's time range one window of its order covers, from the statistics in the
 * footers.
 */
public final class WindowDates {
  /** First and last day, both counted. */
  private record Days(long first, long last) {
    long count() {
      return last - first + 1;
    }
  }

  private WindowDates() {}

  /**
   * The share of days that lie within some row group of a window, by rows over all windows; null
   * when no kept column is a date or the files say nothing of it.
   */
  public static Double of(RowGroupCatalog catalog, ShufflePlan plan) {
    String column =
        catalog.dataset().manifest().columns().keep().stream()
            .filter(kept -> kept.type().equals("date"))
            .map(DatasetColumns.Kept::name)
            .findFirst()
            .orElse(null);
    if (column == null) {
      return null;
    }
    List<Days> groups = new ArrayList<>();
    for (RowGroup group : catalog.rowGroups()) {
      IntEnds days = catalog.ends(group, column);
      if (days == null) {
        return null;
      }
      groups.add(new Days(days.least(), days.most()));
    }
    long all = span(groups);
    double share = 0;
    for (ShufflePlan.Window window : plan.windows()) {
      List<Days> mixed = new ArrayList<>();
      for (int slot = 0; slot < window.slots(); slot++) {
        mixed.add(groups.get(window.group(slot)));
      }
      share += window.rows() / (double) plan.rows() * span(mixed) / all;
    }
    return share;
  }

  /** Days that lie in one of the ranges at least. */
  private static long span(List<Days> ranges) {
    long days = 0;
    long covered = Long.MIN_VALUE;
    for (Days range : ranges.stream().sorted(Comparator.comparingLong(Days::first)).toList()) {
      long first = Math.max(range.first(), covered + 1);
      if (range.last() >= first) {
        days += new Days(first, range.last()).count();
        covered = range.last();
      }
    }
    return days;
  }
}
