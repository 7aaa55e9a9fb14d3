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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of a split in the order in which they were written. They are read from the files in each
 * pass, unless all of them may stay in memory: then in the first one alone.
 */
public final class ValidationSource implements BatchSource {
  private static final int BATCH_ROWS = 4096;

  private final Dataset dataset;
  private final DatasetColumns columns;
  private final Split split;
  private final ByteBuffer numeric;
  private final ByteBuffer categories;
  private final ByteBuffer labels;
  private final boolean stays;
  private List<BufferRows> kept;

  public ValidationSource(Dataset dataset, Split split) {
    this(dataset, split, 0);
  }

  /**
   * @param mostBytes that rows may take which stay in memory
   */
  public ValidationSource(Dataset dataset, Split split, long mostBytes) {
    this.dataset = dataset;
    this.columns = dataset.manifest().columns();
    this.split = split;
    this.numeric = buffer(columns.numeric().size());
    this.categories = buffer(columns.nominal().size());
    this.labels = buffer(1);
    long width = columns.numeric().size() + columns.nominal().size() + 1;
    this.stays = dataset.manifest().rows(split) * width * Float.BYTES <= mostBytes;
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
    if (kept != null) {
      Iterator<BufferRows> rows = kept.iterator();
      return new Pass() {
        @Override
        public Rows next() {
          return rows.hasNext() ? direct(rows.next()) : null;
        }

        @Override
        public void close() {}
      };
    }
    SplitReader reader = SplitReader.openEncoded(dataset, split, BATCH_ROWS);
    List<BufferRows> read = new ArrayList<>();
    return new Pass() {
      @Override
      public Rows next() throws IOException {
        ColumnBatch batch = reader.next();
        if (batch == null) {
          kept = stays ? read : null;
          return null;
        }
        BufferRows rows = fill(batch);
        if (stays) {
          read.add(copy(rows));
        }
        return rows;
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  private BufferRows fill(ColumnBatch batch) {
    EncodedRows rows = EncodedRows.of(batch, columns);
    rows.numericRows(0, rows.rows(), numeric.asFloatBuffer());
    rows.categoryRows(0, rows.rows(), categories.asIntBuffer());
    labels.asFloatBuffer().put(EncodedRows.floats(batch, columns.label().column()));
    return new BufferRows(rows.rows(), numeric, categories, labels);
  }

  private static BufferRows copy(BufferRows rows) {
    return new BufferRows(
        rows.count(),
        copy(rows.numeric(), rows.count()),
        copy(rows.categories(), rows.count()),
        copy(rows.labels(), rows.count()));
  }

  private static ByteBuffer copy(ByteBuffer buffer, int rows) {
    int bytes = buffer.capacity() / BATCH_ROWS * rows;
    return ByteBuffer.allocate(bytes).put(0, buffer, 0, bytes);
  }

  private BufferRows direct(BufferRows rows) {
    numeric.put(0, rows.numeric(), 0, rows.numeric().capacity());
    categories.put(0, rows.categories(), 0, rows.categories().capacity());
    labels.put(0, rows.labels(), 0, rows.labels().capacity());
    return new BufferRows(rows.count(), numeric, categories, labels);
  }
}
