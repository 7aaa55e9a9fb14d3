package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.split.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which rows make one parquet file of a split.
 *
 * @param part from 0, of {@code parts}
 * @param slices in source order: the rows, spool after spool; else all rows of the spools
 * @param unknownClasses classes that train has not, in the order of their labels -1 and down; rows
 *     of such a class that is not among them are left out
 * @param keys in shuffled order: the range of keys; null in source order
 */
public record PartPlan(
    Split split,
    int part,
    int parts,
    List<Slice> slices,
    List<String> unknownClasses,
    KeyRange keys) {
  public PartPlan {
    slices = List.copyOf(slices);
    unknownClasses = List.copyOf(unknownClasses);
  }

  /** Of rows whose classes train has, all of them. */
  PartPlan(Split split, int part, int parts, List<Slice> slices, KeyRange keys) {
    this(split, part, parts, slices, List.of(), keys);
  }

  public PartPlan with(List<String> unknown) {
    return new PartPlan(split, part, parts, slices, unknown, keys);
  }

  /**
   * Rows of one split in one spool.
   *
   * @param skip rows of the split before the first
   */
  public record Slice(String spool, long skip, long rows) {}

  /** Keys from {@code low} to {@code high}, both within, in unsigned order. */
  public record KeyRange(long low, long high) {}

  /** The file's path below the dataset's folder. */
  public String path() {
    return String.format(Locale.ROOT, "%s/part-%05d-of-%05d.parquet", split, part, parts);
  }

  /** Rows to expect: an upper bound in shuffled order and where rows are left out. */
  public long rows() {
    return slices.stream().mapToLong(Slice::rows).sum();
  }

  /**
   * The files of one split: as many as asked for, but none without a row to put in.
   *
   * @param spooled the split's rows in each spool, all of them, in source order
   */
  public static List<PartPlan> of(Split split, List<Slice> spooled, boolean shuffled, int files) {
    List<Slice> filled = spooled.stream().filter(slice -> slice.rows() > 0).toList();
    long rows = filled.stream().mapToLong(Slice::rows).sum();
    int parts = (int) Math.min(files, rows);
    List<PartPlan> plans = new ArrayList<>(parts);
    for (int part = 0; part < parts; part++) {
      if (shuffled) {
        KeyRange keys = new KeyRange(lowest(part, parts), lowest(part + 1, parts) - 1);
        plans.add(new PartPlan(split, part, parts, filled, keys));
      } else {
        long from = rows * part / parts;
        long until = rows * (part + 1) / parts;
        plans.add(new PartPlan(split, part, parts, cut(filled, from, until), null));
      }
    }
    return plans;
  }

  /** The lowest key of a part: {@code 2^64 * part / parts}; 0 stands for 2^64 as well. */
  private static long lowest(int part, int parts) {
    if (part == parts) {
      return 0L;
    }
    long step = Long.divideUnsigned(-1L, parts);
    return step * part;
  }

  private static List<Slice> cut(List<Slice> spooled, long from, long until) {
    List<Slice> cut = new ArrayList<>();
    long before = 0;
    for (Slice slice : spooled) {
      long first = Math.max(from, before);
      long last = Math.min(until, before + slice.rows());
      if (first < last) {
        cut.add(new Slice(slice.spool(), first - before, last - first));
      }
      before += slice.rows();
    }
    return cut;
  }
}
