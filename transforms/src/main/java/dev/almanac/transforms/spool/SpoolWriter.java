package dev.almanac.transforms.spool;

import dev.almanac.transforms.column.BatchFormat;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Gather;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.split.Split;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * Keeps the rows of a chunk of the source between the pass that reads text and the pass that
 * encodes, so that each byte of text is parsed once whatever the engine does in between.
 *
 * <p>Rows added without keys come back in the order in which they were added. Rows added with keys
 * are sorted by them, in runs of at most {@value #RUN_ROWS} rows and 64 MiB, which bounds memory.
 * The file gets its name when {@link #finish} returns. Not thread-safe.
 */
public final class SpoolWriter implements AutoCloseable {
  static final int MAGIC = 0x414C5350;
  private static final int RUN_ROWS = 1 << 18;
  private static final int BLOCK_ROWS = 1 << 13;

  /** Of a sorted run: a reader holds one block of every run. */
  private static final int SORTED_BLOCK_ROWS = 1 << 11;

  private static final long RUN_BYTES = 64L << 20;

  /** Of a block in source order, which is read when it is its turn. */
  private static final long BLOCK_BYTES = 8L << 20;

  /** Of a block of a sorted run; a reader holds one block of every run. */
  private static final long SORTED_BLOCK_BYTES = RUN_BYTES / 32;

  private final HashedFile file;
  private final TableSchema schema;
  private final DataOutputStream out;
  private final List<SpoolBlock> blocks = new ArrayList<>();
  private final Map<Split, Pending> pending = new EnumMap<>(Split.class);
  private long offset;
  private int range;
  private int runs;

  private static final class Pending {
    private final List<ColumnBatch> batches = new ArrayList<>();
    private final List<long[]> keys = new ArrayList<>();
    private int rows;
    private long bytes;

    public void add(ColumnBatch batch) {
      batches.add(batch);
      rows += batch.rows();
      bytes += batch.columns().stream().mapToLong(Column::bytes).sum();
    }
  }

  /**
   * @param attempt unique to this try at writing the spool, so that two tries never meet
   */
  public SpoolWriter(String path, String attempt, TableSchema schema) throws IOException {
    this.file = new HashedFile(path, attempt);
    this.schema = schema;
    this.out = new DataOutputStream(file.out());
  }

  /** Adds rows of the spool's schema, to come back in this order. */
  public void add(Split split, ColumnBatch batch) throws IOException {
    Pending rows = pending.computeIfAbsent(split, s -> new Pending());
    rows.add(batch);
    if (rows.rows >= BLOCK_ROWS || rows.bytes >= BLOCK_BYTES) {
      flush(split, rows);
    }
  }

  /** Adds rows of the spool's schema, to come back in unsigned order of {@code keys}. */
  public void add(Split split, ColumnBatch batch, long[] keys) throws IOException {
    Pending rows = pending.computeIfAbsent(split, s -> new Pending());
    rows.add(batch);
    rows.keys.add(keys);
    if (rows.rows >= RUN_ROWS || rows.bytes >= RUN_BYTES) {
      flush(split, rows);
    }
  }

  /** Ends a range of the source: no block holds rows of two. */
  public void endRange() throws IOException {
    for (Map.Entry<Split, Pending> entry : pending.entrySet()) {
      flush(entry.getKey(), entry.getValue());
    }
    range++;
  }

  private void flush(Split split, Pending rows) throws IOException {
    if (rows.rows > 0) {
      if (rows.keys.isEmpty()) {
        block(split, Gather.all(schema, rows.batches), null);
      } else {
        sortedRun(split, rows);
      }
      runs++;
    }
    rows.batches.clear();
    rows.keys.clear();
    rows.rows = 0;
    rows.bytes = 0;
  }

  private void sortedRun(Split split, Pending rows) throws IOException {
    int[] batch = new int[rows.rows];
    int[] row = new int[rows.rows];
    long[] keys = new long[rows.rows];
    int at = 0;
    for (int i = 0; i < rows.batches.size(); i++) {
      for (int j = 0; j < rows.batches.get(i).rows(); j++) {
        batch[at] = i;
        row[at] = j;
        keys[at++] = rows.keys.get(i)[j];
      }
    }
    int[] order = KeyOrder.of(keys);
    long fitting = SORTED_BLOCK_BYTES * rows.rows / Math.max(1, rows.bytes);
    int blockRows = (int) Math.max(1, Math.min(SORTED_BLOCK_ROWS, fitting));
    for (int from = 0; from < order.length; from += blockRows) {
      int[] part = Arrays.copyOfRange(order, from, Math.min(order.length, from + blockRows));
      block(
          split,
          Gather.rows(
              schema,
              rows.batches,
              IntStream.of(part).map(i -> batch[i]).toArray(),
              IntStream.of(part).map(i -> row[i]).toArray()),
          IntStream.of(part).mapToLong(i -> keys[i]).toArray());
    }
  }

  private void block(Split split, ColumnBatch batch, long[] keys) throws IOException {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    DataOutputStream bytes = new DataOutputStream(buffer);
    bytes.writeBoolean(keys != null);
    if (keys != null) {
      for (long key : keys) {
        bytes.writeLong(key);
      }
    }
    BatchFormat.write(batch, bytes);
    byte[] block = buffer.toByteArray();
    out.write(block);
    blocks.add(
        new SpoolBlock(
            split,
            range,
            runs,
            batch.rows(),
            new SpoolBlock.Stretch(offset, block.length, checksum(block)),
            keys == null
                ? new SpoolBlock.Keys(0, 0)
                : new SpoolBlock.Keys(keys[0], keys[keys.length - 1])));
    offset += block.length;
  }

  static int checksum(byte[] block) {
    CRC32C checksum = new CRC32C();
    checksum.update(block);
    return (int) checksum.getValue();
  }

  /**
   * Completes the file and gives it its name.
   *
   * @param path the one that a dataset knows it by
   */
  public SideFile finish(String path) throws IOException {
    for (Map.Entry<Split, Pending> entry : pending.entrySet()) {
      flush(entry.getKey(), entry.getValue());
    }
    BatchFormat.writeSchema(schema, out);
    out.writeInt(blocks.size());
    for (SpoolBlock block : blocks) {
      block.write(out);
    }
    out.writeLong(offset);
    out.writeInt(MAGIC);
    out.flush();
    return file.finish(path);
  }

  /** The same for a file that only the making of the dataset needs. */
  public void finish() throws IOException {
    finish("");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
