package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.storage.HashingOutput;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;

/**
 * Writes batches of columns as one parquet file that any reader opens.
 *
 * <p>Every row group but the last has exactly the layout's rows, however the batches were cut. The
 * bytes depend only on the rows and the layout (for gzip, on the JDK's zlib too). Numbers are
 * PLAIN, text goes through a dictionary, every page has a checksum. {@code float32} and {@code
 * int32} columns are required; the others are optional where their field is nullable. One row group
 * is held in memory. Not thread-safe.
 *
 * <p>Without {@link #finish} there is no file: {@link #close} then deletes what a path holds so
 * far, and leaves a stream without a footer.
 */
public final class ParquetBatchWriter implements AutoCloseable {
  private static final int FIRST_COMPRESSED_BYTES = 1 << 16;

  private final String path;
  private final TableSchema schema;
  private final ParquetLayout layout;
  private final HashingOutput out;
  private final CodecFactory codecs;
  private final FileEncoder encoder;
  private final List<ChunkBuffer> chunks;
  private int pending;
  private long rows;
  private boolean closed;

  private ParquetBatchWriter(
      String path, OutputStream stream, TableSchema schema, ParquetLayout layout)
      throws IOException {
    this.path = path;
    this.schema = schema;
    this.layout = layout;
    this.out = new HashingOutput(stream);
    this.codecs = new CodecFactory(new PlainParquetConfiguration(), FIRST_COMPRESSED_BYTES);
    this.encoder =
        new FileEncoder(out, schema, layout, codecs.getCompressor(layout.codec().codec()));
    this.chunks =
        schema.fields().stream()
            .map(field -> ChunkBuffer.of(field, layout.rowGroupRows()))
            .toList();
    encoder.start();
  }

  /** A writer to a new file, local or remote. */
  public static ParquetBatchWriter create(String path, TableSchema schema, ParquetLayout layout)
      throws IOException {
    checkColumns(path, schema);
    return new ParquetBatchWriter(path, Storage.create(path), schema, layout);
  }

  /** A writer to a stream, which the writer closes. */
  public static ParquetBatchWriter to(OutputStream stream, TableSchema schema, ParquetLayout layout)
      throws IOException {
    checkColumns("a stream", schema);
    return new ParquetBatchWriter(null, stream, schema, layout);
  }

  private static void checkColumns(String place, TableSchema schema) {
    if (schema.size() == 0) {
      throw new IllegalArgumentException(
          "Cannot write %s: parquet files have at least one column".formatted(place));
    }
  }

  /**
   * Appends rows. The batch has the writer's columns in the writer's order; it may say otherwise
   * which of them are nullable.
   *
   * @throws IOException when a required cell is null or the file cannot be written
   */
  public void write(ColumnBatch batch) throws IOException {
    check(batch);
    int from = 0;
    while (from < batch.rows()) {
      int to = (int) Math.min(batch.rows(), (long) from + layout.rowGroupRows() - pending);
      for (int i = 0; i < chunks.size(); i++) {
        Column column = batch.column(i);
        chunks.get(i).append(column, from, to);
      }
      pending += to - from;
      rows += to - from;
      from = to;
      if (pending == layout.rowGroupRows()) {
        writeRowGroup();
      }
    }
  }

  private void check(ColumnBatch batch) {
    if (closed) {
      throw new IllegalStateException("Cannot write %s: it is closed".formatted(place()));
    }
    for (int i = 0; i < schema.size() || i < batch.schema().size(); i++) {
      Field wanted = i < schema.size() ? schema.field(i) : null;
      Field given = i < batch.schema().size() ? batch.schema().field(i) : null;
      if (wanted == null
          || given == null
          || !wanted.name().equals(given.name())
          || wanted.type() != given.type()) {
        throw new IllegalArgumentException(
            "Cannot write %s: column %s is %s (%s given)"
                .formatted(place(), i, text(wanted), text(given)));
      }
    }
  }

  private static String text(Field field) {
    if (field == null) {
      return "none";
    }
    ColumnType type = field.type();
    return "'%s' of %s".formatted(field.name(), type);
  }

  private void writeRowGroup() throws IOException {
    encoder.rowGroup(chunks, pending);
    chunks.forEach(ChunkBuffer::clear);
    pending = 0;
  }

  /** Writes what is left and the footer, and closes the file. */
  public WrittenFile finish() throws IOException {
    if (closed) {
      throw new IllegalStateException("Cannot finish %s: it is closed".formatted(place()));
    }
    if (pending > 0) {
      writeRowGroup();
    }
    encoder.finish();
    WrittenFile written = new WrittenFile(rows, encoder.rowGroupRows(), out.bytes(), out.sha256());
    closed = true;
    codecs.release();
    out.close();
    return written;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    codecs.release();
    out.close();
    if (path != null) {
      Storage.delete(List.of(path));
    }
  }

  private String place() {
    return path == null ? "parquet" : path;
  }
}
