package dev.almanac.training.data;

import dev.almanac.training.data.read.EncodedColumns;
import dev.almanac.training.data.read.EncodedValues;
import dev.almanac.training.data.read.RowMajor;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.RefusedException;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes batches out of columns, in the memory of batches that were closed. Not thread-safe; a batch
 * may be closed on any thread.
 */
public final class BatchAssembler {
  private final EncodedColumns columns;
  private final int numericWidth;
  private final int nominalWidth;
  private final int[] numeric;
  private final int[] nominal;
  private final int[] labels = new int[RowMajor.BLOCK_ROWS];
  private final BatchPool pool;

  public BatchAssembler(DatasetColumns columns) {
    this(EncodedColumns.of(columns));
  }

  BatchAssembler(EncodedColumns columns) {
    this.columns = columns;
    this.numericWidth = columns.numeric().size();
    this.nominalWidth = columns.nominal().size();
    this.numeric = new int[RowMajor.BLOCK_ROWS * numericWidth];
    this.nominal = new int[RowMajor.BLOCK_ROWS * nominalWidth];
    this.pool = new BatchPool(this, numericWidth, nominalWidth);
  }

  /**
   * All rows of a batch of encoded columns, in its order. Other columns are not looked at; when the
   * label is missing, so are the batch's labels.
   *
   * @throws IllegalArgumentException naming the row and column of a number that is not finite or an
   *     index outside its vocabulary
   */
  public Batch batch(ColumnBatch rows) {
    boolean labelled = rows.schema().contains(columns.label());
    List<Column> numbers = columns.numeric().stream().map(rows::column).toList();
    List<Column> categories = new ArrayList<>();
    for (String name : columns.numeric()) {
      check(name, rows.column(name));
    }
    for (DatasetColumns.Category category : columns.nominal()) {
      check(category.name(), rows.column(category.name()));
      categories.add(rows.column(category.name()));
    }
    List<Column> label = labelled ? List.of(rows.column(columns.label())) : List.of();
    label.forEach(column -> check(columns.label(), column));
    Batch batch = pool.take(rows.rows());
    batch.open(rows.rows(), labelled);
    put(numbers, rows.rows(), numeric, batch.numericMemory().asIntBuffer());
    put(categories, rows.rows(), nominal, batch.categoryMemory().asIntBuffer());
    put(label, rows.rows(), labels, batch.labelMemory().asIntBuffer());
    return batch;
  }

  private void check(String name, Column column) {
    EncodedValues.Fault fault = EncodedValues.find(column, columns.cardinality(name));
    if (fault != null) {
      throw new RefusedException(
          "Cannot make a batch: column '%s', row %s: %s"
              .formatted(name, fault.row(), fault.rule()));
    }
  }

  private static void put(List<Column> columns, int rows, int[] block, IntBuffer target) {
    int width = columns.size();
    for (int from = 0; from < rows && width > 0; from += RowMajor.BLOCK_ROWS) {
      int to = Math.min(rows, from + RowMajor.BLOCK_ROWS);
      for (int i = 0; i < width; i++) {
        RowMajor.lay(columns.get(i), from, to, block, i, width);
      }
      target.put(block, 0, (to - from) * width);
    }
  }
}
