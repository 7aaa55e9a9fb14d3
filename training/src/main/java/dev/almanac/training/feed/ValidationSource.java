package dev.almanac.training.feed;

import dev.almanac.training.data.read.SplitReader;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The rows of a split in the order in which they were written. */
public final class ValidationSource implements BatchSource {
  private static final int BATCH_ROWS = 4096;

  private final Dataset dataset;
  private final DatasetColumns columns;
  private final Split split;
  private final ByteBuffer numeric;
  private final ByteBuffer categories;
  private final ByteBuffer labels;

  public ValidationSource(Dataset dataset, Split split) {
    this.dataset = dataset;
    this.columns = dataset.manifest().columns();
    this.split = split;
    this.numeric = buffer(columns.numeric().size());
    this.categories = buffer(columns.nominal().size());
    this.labels = buffer(1);
  }

  private static ByteBuffer buffer(int width) {
    return ByteBuffer.allocateDirect(BATCH_ROWS * width * Float.BYTES)
        .order(ByteOrder.nativeOrder());
  }

  @Override
  public long steps() {
    return (dataset.manifest().rows(split) + BATCH_ROWS - 1) / BATCH_ROWS;
  }

  @Override
  public long rows() {
    return dataset.manifest().rows(split);
  }

  @Override
  public Pass pass(int number, long from) throws IOException {
    if (from != 0) {
      throw new RefusedException(
          "Cannot begin a pass over split '%s' at batch %s: it has no middle"
              .formatted(split, from));
    }
    SplitReader reader = SplitReader.openEncoded(dataset, split, BATCH_ROWS);
    return new Pass() {
      @Override
      public Rows next() throws IOException {
        ColumnBatch batch = reader.next();
        return batch == null ? null : fill(batch);
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  private Rows fill(ColumnBatch batch) {
    EncodedRows rows = EncodedRows.of(batch, columns);
    rows.numericRows(0, rows.rows(), numeric.asFloatBuffer());
    rows.categoryRows(0, rows.rows(), categories.asIntBuffer());
    labels.asFloatBuffer().put(EncodedRows.floats(batch, columns.label().column()));
    return new BufferRows(rows.rows(), numeric, categories, labels);
  }
}
