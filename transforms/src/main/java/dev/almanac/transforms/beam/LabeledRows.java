package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import java.util.stream.IntStream;

/**
 * The rows of a batch that have a label, and where those are that have none.
 *
 * @param labeled null when no row has one
 * @param unlabeled numbers of rows in the batch
 */
record LabeledRows(ColumnBatch labeled, int[] unlabeled) {
  private static final int[] NONE = {};

  /**
   * @param label null when there is nothing to predict: then every row counts as having one
   */
  static LabeledRows of(ColumnBatch batch, String label) {
    Column cells = label == null ? null : batch.column(label);
    if (cells == null || cells.nulls() == 0) {
      return new LabeledRows(batch.rows() == 0 ? null : batch, NONE);
    }
    int[] with = rows(cells, false);
    return new LabeledRows(with.length == 0 ? null : batch.take(with), rows(cells, true));
  }

  private static int[] rows(Column label, boolean missing) {
    return IntStream.range(0, label.rows()).filter(row -> label.isNull(row) == missing).toArray();
  }
}
