package dev.almanac.transforms.split;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The rows of a batch that have a label, and where those are that have none: nothing is learned
 * from them, and no dataset holds them.
 *
 * @param labeled null when no row has one
 * @param unlabeled numbers of rows in the batch, ascending
 */
public record LabeledRows(ColumnBatch labeled, int[] unlabeled) {
  private static final int[] NONE = {};

  /**
   * @param label null when there is nothing to predict: then every row counts as having one
   */
  public static LabeledRows of(ColumnBatch batch, String label) {
    Column cells = label == null ? null : batch.column(label);
    if (cells == null || cells.nulls() == 0) {
      return new LabeledRows(batch.rows() == 0 ? null : batch, NONE);
    }
    int[] with = rows(cells, false);
    return new LabeledRows(with.length == 0 ? null : batch.take(with), rows(cells, true));
  }

  /**
   * Takes the rows without a label out of their splits.
   *
   * @param codes of {@link DateSplit#codes}
   * @return how many rows there were
   */
  public static long takeOut(byte[] codes, Column label) {
    if (label.nulls() == 0) {
      return 0;
    }
    long dropped = 0;
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] >= 0 && label.isNull(row)) {
        codes[row] = Byte.MIN_VALUE;
        dropped++;
      }
    }
    return dropped;
  }

  /**
   * The same of a batch, some of whose labels count as none.
   *
   * @param batch that these are the rows of
   * @param known from labels, all of them there, to the numbers of those that count
   */
  public LabeledRows with(ColumnBatch batch, String label, Function<Column, int[]> known) {
    if (labeled == null) {
      return this;
    }
    boolean[] counts = new boolean[batch.rows()];
    int[] with =
        unlabeled.length == 0
            ? IntStream.range(0, batch.rows()).toArray()
            : rows(batch.column(label), false);
    int[] kept = known.apply(labeled.column(label));
    for (int row : kept) {
      counts[with[row]] = true;
    }
    return new LabeledRows(
        kept.length == 0 ? null : labeled.take(kept),
        IntStream.range(0, batch.rows()).filter(row -> !counts[row]).toArray());
  }

  private static int[] rows(Column label, boolean missing) {
    return IntStream.range(0, label.rows()).filter(row -> label.isNull(row) == missing).toArray();
  }
}
