package dev.almanac.training.data;

import dev.almanac.transforms.artifact.DatasetColumns;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes batches out of columns. Reuses the memory of batches that were closed. Not thread-safe; a
 * batch may be closed on any thread.
 */
public final class BatchAssembler {
  /** 32-bit words of a cache line of 64 bytes. */
  private static final int LINE_WORDS = 16;

  private final EncodedColumns columns;
  private final int numericWidth;
  private final int nominalWidth;
  private final int[] numeric;
  private final int[] nominal;
  private final int[] labels = new int[RowMajor.BLOCK_ROWS];
  private final BatchPool pool;

  /** Keeps the compiler from dropping the touch as useless. */
  private int touched;

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
    put(numbers, rows.rows(), numeric, batch.numericBits());
    put(categories, rows.rows(), nominal, batch.categoryInts());
    put(label, rows.rows(), labels, batch.labelBits());
    return batch;
  }

  private void check(String name, Column column) {
    EncodedValues.Fault fault = EncodedValues.find(column, columns.cardinality(name));
    if (fault != null) {
      throw new IllegalArgumentException(
          "Cannot make a batch: column '%s', row %d: %s"
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

  /**
   * Reads a word of every cache line of the rows that are copied next. Nothing else happens here,
   * so the processor waits for many lines at a time; in the copy it would wait for each row's.
   */
  private static int touch(
      ShufflePlan.Window window, int[][] packed, int[] order, int start, int rows, int width) {
    int touched = 0;
    for (int i = start; i < start + rows; i++) {
      int place = order[i];
      int[] source = packed[window.slot(place)];
      int first = window.row(place) * width;
      for (int word = first; word < first + width - 1; word += LINE_WORDS) {
        touched ^= source[word];
      }
      touched ^= source[first + width - 1];
    }
    return touched;
  }

  /**
   * Copies rows of a window into a batch, from its row {@code at} on.
   *
   * @param packed the rows of each slot, as {@link RowMajor#pack} lays them
   * @param order places of the window; those from {@code from} to before {@code to} are copied
   */
  void gather(
      ShufflePlan.Window window,
      int[][] packed,
      int[] order,
      int from,
      int to,
      Batch batch,
      int at) {
    IntBuffer numericBits = batch.numericBits().position(at * numericWidth);
    IntBuffer categoryInts = batch.categoryInts().position(at * nominalWidth);
    IntBuffer labelBits = batch.labelBits().position(at);
    int width = numericWidth + nominalWidth + 1;
    for (int start = from; start < to; start += RowMajor.BLOCK_ROWS) {
      int rows = Math.min(RowMajor.BLOCK_ROWS, to - start);
      touched ^= touch(window, packed, order, start, rows, width);
      for (int i = 0; i < rows; i++) {
        int place = order[start + i];
        int[] source = packed[window.slot(place)];
        int first = window.row(place) * width;
        System.arraycopy(source, first, numeric, i * numericWidth, numericWidth);
        System.arraycopy(source, first + numericWidth, nominal, i * nominalWidth, nominalWidth);
        labels[i] = source[first + width - 1];
      }
      numericBits.put(numeric, 0, rows * numericWidth);
      categoryInts.put(nominal, 0, rows * nominalWidth);
      labelBits.put(labels, 0, rows);
    }
  }
}
