package dev.almanac.transforms.feature.plan;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.schema.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Counts the cells of one file that the steps of a {@link FeaturePlan} cannot read, batch by batch.
 *
 * <p>Looks at whole columns, 64 rows at a time; at single cells only where there is one to show.
 * Not thread-safe.
 */
public final class UnreadableCells {
  private final String file;
  private final int groups;
  private final long[] cells;
  private final long[][] lost;
  private final List<List<Place>> first = new ArrayList<>();

  private long[][] members;
  private long[] sizes;
  private IntToLongFunction lines;

  /**
   * @param file that the rows are of, for places
   * @param groups how many groups of rows are counted apart
   */
  public UnreadableCells(FeaturePlan plan, String file, int groups) {
    int columns = plan.partialColumns().size();
    this.file = file;
    this.groups = groups;
    this.cells = new long[columns * groups];
    this.lost = new long[columns][groups];
    for (int i = 0; i < columns; i++) {
      first.add(new ArrayList<>());
    }
  }

  /**
   * Says what the next batch is, before {@link FeaturePlan#apply(
   * dev.almanac.transforms.column.ColumnBatch, UnreadableCells)}.
   *
   * @param codes the group of each row; a negative row is not counted
   * @param lines the line of a row in the file
   */
  public void expect(byte[] codes, IntToLongFunction lines) {
    this.lines = lines;
    members = new long[groups][(codes.length + 63) >>> 6];
    sizes = new long[groups];
    if (cells.length == 0) {
      return;
    }
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] >= 0) {
        members[codes[row]][row >>> 6] |= 1L << row;
        sizes[codes[row]]++;
      }
    }
  }

  /** The same for rows that are all of the first group. */
  public void expect(int rows, IntToLongFunction lines) {
    expect(new byte[rows], lines);
  }

  /** Looks at a partial column that was made. */
  void look(int column, List<Column> inputs, Column made) {
    long[] there = there(inputs);
    for (int group = 0; group < groups; group++) {
      cells[column * groups + group] +=
          there == null ? sizes[group] : common(members[group], there);
    }
    int absent = there == null ? 0 : made.rows() - bits(there);
    if (made.nulls() == absent) {
      return;
    }
    long[] gone = made.validity().toWords();
    for (int word = 0; word < gone.length; word++) {
      gone[word] = ~gone[word] & (there == null ? -1L : there[word]);
    }
    for (int group = 0; group < groups; group++) {
      lost[column][group] += common(members[group], gone);
    }
    show(column, gone, inputs, made.rows());
  }

  private void show(int column, long[] gone, List<Column> inputs, int rows) {
    List<Place> places = first.get(column);
    for (int row = 0; row < rows && places.size() < UnreadableCounts.MAX_PLACES; row++) {
      int word = row >>> 6;
      long bit = 1L << row;
      if ((gone[word] & bit) != 0
          && Arrays.stream(members).anyMatch(group -> (group[word] & bit) != 0)) {
        int at = row;
        String text =
            IntStream.range(0, inputs.size())
                .mapToObj(i -> inputs.get(i).text(at))
                .collect(Collectors.joining(", "));
        places.add(new Place(file, lines.applyAsLong(row), text));
      }
    }
  }

  /** What was counted so far. */
  public UnreadableCounts counts() {
    List<UnreadableCounts.Lost> columns = new ArrayList<>();
    for (int i = 0; i < lost.length; i++) {
      if (LongStream.of(lost[i]).sum() > 0) {
        columns.add(
            new UnreadableCounts.Lost(i, LongStream.of(lost[i]).boxed().toList(), first.get(i)));
      }
    }
    return new UnreadableCounts(LongStream.of(cells).boxed().toList(), columns);
  }

  /** The rows in which all is there; null when that is every row. */
  private static long[] there(List<Column> columns) {
    long[] there = null;
    for (Column column : columns) {
      if (column.nulls() > 0) {
        long[] valid = column.validity().toWords();
        for (int word = 0; there != null && word < valid.length; word++) {
          valid[word] &= there[word];
        }
        there = valid;
      }
    }
    return there;
  }

  private static int bits(long[] words) {
    int bits = 0;
    for (long word : words) {
      bits += Long.bitCount(word);
    }
    return bits;
  }

  private static long common(long[] one, long[] two) {
    long bits = 0;
    for (int word = 0; word < one.length; word++) {
      bits += Long.bitCount(one[word] & two[word]);
    }
    return bits;
  }
}
