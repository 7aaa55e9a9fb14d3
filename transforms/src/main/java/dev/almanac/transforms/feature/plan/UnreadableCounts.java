package dev.almanac.transforms.feature.plan;

import dev.almanac.transforms.schema.Place;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many cells the steps of a {@link FeaturePlan} could not read, by {@link
 * FeaturePlan#partialColumns partial column} and group of rows, such as the splits. A cell counts
 * as unreadable when the step made it missing though all that it reads of the row was there.
 *
 * <p>Counts of parts of a source add up to those of the whole; places are the first in the order in
 * which the parts are added.
 *
 * @param cells rows in which all was there: the groups of the first column, then of the next
 * @param lost the columns that have lost any
 */
public record UnreadableCounts(List<Long> cells, List<Lost> lost) implements Serializable {
  /** Enough places for a person to see what is wrong. */
  public static final int MAX_PLACES = 5;

  public UnreadableCounts {
    cells = List.copyOf(cells);
    lost = List.copyOf(lost);
  }

  /**
   * What one column has lost.
   *
   * @param column its place among the partial columns
   * @param cells by group
   * @param first the first places, at most {@value #MAX_PLACES}
   */
  public record Lost(int column, List<Long> cells, List<Place> first) implements Serializable {
    public Lost {
      cells = List.copyOf(cells);
      first = List.copyOf(first.subList(0, Math.min(MAX_PLACES, first.size())));
    }

    /** Cells of all groups. */
    public long total() {
      return sum(cells);
    }

    private Lost plus(Lost later) {
      List<Place> places = new ArrayList<>(first);
      places.addAll(later.first);
      return new Lost(column, added(cells, later.cells), places);
    }

    private Lost after(long lines) {
      return new Lost(
          column,
          cells,
          first.stream().map(p -> new Place(p.file(), p.line() + lines, p.text())).toList());
    }
  }

  /** Counts of no row. */
  public static UnreadableCounts none(FeaturePlan plan, int groups) {
    int size = plan.partialColumns().size() * groups;
    return new UnreadableCounts(IntStream.range(0, size).mapToObj(i -> 0L).toList(), List.of());
  }

  /** These counts and those of a later part of the source. */
  public UnreadableCounts plus(UnreadableCounts later) {
    List<Lost> all = new ArrayList<>(lost);
    for (Lost other : later.lost) {
      int same =
          IntStream.range(0, all.size())
              .filter(i -> all.get(i).column == other.column)
              .findFirst()
              .orElse(-1);
      if (same < 0) {
        all.add(other);
      } else {
        all.set(same, all.get(same).plus(other));
      }
    }
    all.sort((one, two) -> Integer.compare(one.column, two.column));
    return new UnreadableCounts(added(cells, later.cells), all);
  }

  /** The same, that many lines further down the file. */
  public UnreadableCounts after(long lines) {
    return lines == 0
        ? this
        : new UnreadableCounts(cells, lost.stream().map(column -> column.after(lines)).toList());
  }

  /** The cells of a column that a step could have read, by group. */
  public List<Long> cells(Lost column) {
    int groups = column.cells().size();
    return cells.subList(column.column() * groups, (column.column() + 1) * groups);
  }

  static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static List<Long> added(List<Long> one, List<Long> two) {
    if (one.size() != two.size()) {
      throw new IllegalArgumentException(
          "Cannot add counts: they must be of the same steps (%s and %s)"
              .formatted(one.size(), two.size()));
    }
    return IntStream.range(0, one.size()).mapToObj(i -> one.get(i) + two.get(i)).toList();
  }
}
