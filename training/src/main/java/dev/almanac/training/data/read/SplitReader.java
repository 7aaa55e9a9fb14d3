package dev.almanac.training.data.read;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a split in the order in which it was written, one parquet file after the other, as batches
 * of columns; one row group is in memory at a time. Not thread-safe.
 */
public final class SplitReader implements AutoCloseable {
  private final RowGroupCatalog catalog;
  private final List<String> columns;
  private final int batchRows;
  private final RowGroupReader reader;
  private ColumnBatch group;
  private int next;
  private int nextGroup;

  private SplitReader(RowGroupCatalog catalog, List<String> columns, int batchRows) {
    this.catalog = catalog;
    this.columns = columns;
    this.batchRows = batchRows;
    this.reader = new RowGroupReader(catalog);
  }

  /** Every column: numeric features, categories, the label, then the source columns kept. */
  public static SplitReader open(Dataset dataset, Split split, int batchRows) throws IOException {
    DatasetColumns columns = dataset.manifest().columns();
    List<String> names = new ArrayList<>(EncodedColumns.of(columns).names());
    columns.keep().forEach(kept -> names.add(kept.name()));
    return open(dataset, split, batchRows, names);
  }

  /** The features, the categories and the label alone: what a validation pass needs. */
  public static SplitReader openEncoded(Dataset dataset, Split split, int batchRows)
      throws IOException {
    return open(dataset, split, batchRows, EncodedColumns.of(dataset.manifest().columns()).names());
  }

  /**
   * These columns, in the order given.
   *
   * @param batchRows the most rows of a batch; batches do not cross row groups
   */
  public static SplitReader open(Dataset dataset, Split split, int batchRows, List<String> columns)
      throws IOException {
    if (batchRows < 1) {
      throw new RefusedException(
          "Cannot read split '%s': batches have at least 1 row (%s)".formatted(split, batchRows));
    }
    return new SplitReader(RowGroupCatalog.open(dataset, split), List.copyOf(columns), batchRows);
  }

  /** Rows of the split. */
  public long rows() {
    return catalog.rows();
  }

  /** The next rows; null when there are no more. */
  public ColumnBatch next() throws IOException {
    while (group == null || next == group.rows()) {
      if (nextGroup == catalog.rowGroups().size()) {
        return null;
      }
      group = null;
      group = reader.read(catalog.rowGroups().get(nextGroup++), columns);
      next = 0;
    }
    int from = next;
    next = (int) Math.min(group.rows(), (long) from + batchRows);
    return group.slice(from, next);
  }

  @Override
  public void close() {
    reader.close();
  }
}
