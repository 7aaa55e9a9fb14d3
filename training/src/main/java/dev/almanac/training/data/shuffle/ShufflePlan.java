package dev.almanac.training.data.shuffle;

import dev.almanac.training.data.read.RowGroup;
import dev.almanac.training.data.read.RowGroupCatalog;
import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order in which one epoch visits rows.
 *
 * <p>A pure function of the row groups' sizes, the dataset's hash, the seed, the epoch and the
 * window: equal arguments give equal plans on every machine. Row groups are permuted first, then
 * rows inside a window of some consecutive row groups, as {@link WindowPlaces} says; memory is
 * bounded by that window, and each window's order can be had without the others'. Immutable and
 * thread-safe.
 */
public final class ShufflePlan {
  private static final long GROUPS = -1;

  private final List<Window> windows;
  private final long rows;

  private ShufflePlan(List<Window> windows, long rows) {
    this.windows = List.copyOf(windows);
    this.rows = rows;
  }

  /** The plan of a split, as it is to be read. */
  public static ShufflePlan of(RowGroupCatalog catalog, ReaderConfig config, int epoch) {
    return of(
        catalog.rowGroups().stream().mapToInt(RowGroup::rows).toArray(),
        config.mixedRowGroups(),
        catalog.dataset().manifest().hash(),
        config.seed(),
        epoch);
  }

  /**
   * @param groupRows rows of each row group
   * @param mixedRowGroups row groups a window
   */
  public static ShufflePlan of(
      int[] groupRows, int mixedRowGroups, String datasetHash, long seed, int epoch) {
    int[] order = new int[groupRows.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    SplitMix64.of(datasetHash, seed, epoch, GROUPS).shuffle(order);
    List<Window> windows = new ArrayList<>();
    long rows = 0;
    for (int from = 0; from < order.length; from += mixedRowGroups) {
      int to = (int) Math.min(order.length, (long) from + mixedRowGroups);
      int[] groups = new int[to - from];
      int[] sizes = new int[to - from];
      for (int i = from; i < to; i++) {
        groups[i - from] = order[i];
        sizes[i - from] = groupRows[order[i]];
      }
      Window window =
          new Window(
              groups, sizes, rows, SplitMix64.of(datasetHash, seed, epoch, windows.size()).next());
      windows.add(window);
      rows += window.rows();
    }
    return new ShufflePlan(windows, rows);
  }

  public List<Window> windows() {
    return windows;
  }

  public long rows() {
    return rows;
  }

  /**
   * Rows of the first row groups in this order. Within a window, as many rows as these have are of
   * all its row groups.
   *
   * @param rowGroups more than there are are all
   */
  public long rowGroupRows(int rowGroups) {
    return windows.stream()
        .flatMapToInt(window -> Arrays.stream(window.sizes))
        .limit(rowGroups)
        .asLongStream()
        .sum();
  }

  /** How often neighbours in this order come out of the same row group; exact. */
  public ShuffleQuality.Neighbours rowGroupNeighbours() {
    double same = 0;
    double shuffled = 0;
    for (Window window : windows) {
      for (int size : window.sizes) {
        same += size * (size - 1.0) / window.rows;
        shuffled += size * (size - 1.0) / rows;
      }
    }
    // Of the pairs across two windows none is counted: there are few, and none shares a row group.
    long pairs = Math.max(1, rows - 1);
    return new ShuffleQuality.Neighbours("row group", rows - 1, same / pairs, shuffled / pairs);
  }

  /** Row groups whose rows are mixed with one another. */
  public static final class Window {
    private final int[] groups;
    private final int[] sizes;
    private final long firstRow;
    private final long seed;
    private final int rows;

    Window(int[] groups, int[] sizes, long firstRow, long seed) {
      this.groups = groups;
      this.sizes = sizes;
      this.firstRow = firstRow;
      this.seed = seed;
      long total = 0;
      for (int size : sizes) {
        total += size;
      }
      if (total > Integer.MAX_VALUE) {
        throw new RefusedException(
            "Cannot mix %s row groups: a window has at most 2^31 - 1 rows (%s); mix fewer"
                .formatted(groups.length, total));
      }
      this.rows = (int) total;
    }

    /** How many row groups the window has; a place in it is their slot. */
    public int slots() {
      return groups.length;
    }

    /** Which row group, by its place in the catalog, stands in a slot. */
    public int group(int slot) {
      return groups[slot];
    }

    /** The place of the window's first row in the epoch. */
    public long firstRow() {
      return firstRow;
    }

    public int rows() {
      return rows;
    }

    /** Where the rows go and in which order they are read: computed anew by each call. */
    public WindowPlaces places() {
      return new WindowPlaces(seed, sizes);
    }
  }
}
