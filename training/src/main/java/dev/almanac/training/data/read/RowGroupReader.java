package dev.almanac.training.data.read;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.ParquetTypes;
import dev.almanac.transforms.parquet.StorageInputFile;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/**
 * Reads whole row groups of a split.
 *
 * <p>Chunks in the layout of our own writer are copied as they are, uncompressed ones of a local
 * file by {@link PlainPages}; all others go through parquet-java's column reader. Features and the
 * label come as {@code float32}, categories as {@code int32}, kept columns in their own types. A
 * null, a number that is not finite or an index outside its vocabulary is an error that names the
 * place. Keeps buffers: use one per thread, and close it.
 */
public final class RowGroupReader implements AutoCloseable {
  private final RowGroupCatalog catalog;
  private final CodecFactory codecs = new CodecFactory(new PlainParquetConfiguration(), 0);
  private final PlainChunk plain = new PlainChunk(codecs);
  private final ByteBuffer piece = NativePieces.take();
  private boolean closed;

  public RowGroupReader(RowGroupCatalog catalog) {
    this.catalog = catalog;
  }

  /** The features, the categories and the label, in the order of the dataset's columns. */
  public ColumnBatch read(RowGroup group) throws IOException {
    return read(group, catalog.encoded().names());
  }

  /** These columns of a row group, in the order given. */
  public ColumnBatch read(RowGroup group, List<String> names) throws IOException {
    catalog.checkUnchanged(group);
    MessageType schema = catalog.footer(group).getFileMetaData().getSchema();
    Map<String, ColumnChunkMetaData> chunks = catalog.chunks(group);
    List<String> general = new ArrayList<>();
    Map<String, Column> columns = new HashMap<>();
    try (SeekableByteChannel channel = Storage.openSeekable(catalog.file(group).path());
        SeekableInputStream in = catalog.file(group).newStream()) {
      for (String name : names) {
        ColumnChunkMetaData chunk = chunks.get(name);
        if (catalog.encoded().type(name) == null
            || chunk == null
            || !PlainChunk.fits(schema.getType(name), chunk)) {
          general.add(name);
          continue;
        }
        try {
          if (channel instanceof FileChannel local && PlainPages.fits(chunk)) {
            columns.put(name, pages(local, group, name, chunk));
          } else {
            columns.put(name, plain(in, group, name, chunk));
            EncodedValues.check(columns.get(name), catalog.encoded().cardinality(name));
          }
        } catch (IOException | RuntimeException e) {
          throw catalog.failure(group, name, e.getMessage(), e);
        }
      }
    }
    List<Field> fields = new ArrayList<>();
    ColumnBatch others = general.isEmpty() ? null : general(group, general);
    for (String name : names) {
      ColumnType type = catalog.encoded().type(name);
      if (type == null) {
        fields.add(others.schema().field(name));
        columns.put(name, others.column(name));
      } else {
        fields.add(Field.required(name, type));
        if (!columns.containsKey(name)) {
          columns.put(name, encoded(group, name, others.column(name)));
        }
      }
    }
    return new ColumnBatch(
        TableSchema.of(fields), names.stream().map(columns::get).toList(), group.rows());
  }

  private Column pages(FileChannel channel, RowGroup group, String name, ColumnChunkMetaData chunk)
      throws IOException {
    PlainPages pages = new PlainPages(channel::read, chunk, group.rows(), piece);
    int cardinality = catalog.encoded().cardinality(name);
    if (cardinality >= 0) {
      int[] values = new int[group.rows()];
      pages.read(
          group.rows(),
          (buffer, row) -> {
            int read = buffer.remaining() / Integer.BYTES;
            buffer.asIntBuffer().get(values, row, read);
            EncodedValues.check(values, row, read, row, cardinality);
          });
      pages.finish();
      return new IntColumn(values);
    }
    float[] values = new float[group.rows()];
    int[] bits = new int[piece.capacity() / Integer.BYTES];
    pages.read(
        group.rows(),
        (buffer, row) -> {
          int read = buffer.remaining() / Integer.BYTES;
          buffer.asIntBuffer().get(bits, 0, read);
          EncodedValues.check(bits, 0, read, row, cardinality);
          buffer.asFloatBuffer().get(values, row, read);
        });
    pages.finish();
    return new FloatColumn(values);
  }

  private Column plain(
      SeekableInputStream in, RowGroup group, String name, ColumnChunkMetaData chunk)
      throws IOException {
    return catalog.encoded().type(name) == ColumnType.FLOAT32
        ? new FloatColumn(plain.floats(in, chunk, group.rows()))
        : new IntColumn(plain.ints(in, chunk, group.rows()));
  }

  private ColumnBatch general(RowGroup group, List<String> names) throws IOException {
    StorageInputFile file = catalog.file(group);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            file, catalog.footer(group), ParquetBatchReader.options(), file.newStream())) {
      return ParquetBatchReader.rowGroup(
          reader, file.path(), group.group(), names, ParquetTypes.EXACT);
    }
  }

  /** A nullable column of 32-bit numbers was read as a wider one: it comes back without loss. */
  private Column encoded(RowGroup group, String name, Column column) throws IOException {
    try {
      for (int row = 0; column.nulls() > 0 && row < column.rows(); row++) {
        if (column.isNull(row)) {
          throw new ForeseenException("row %s: an encoded column has no null".formatted(row));
        }
      }
      Column narrow = narrow(column);
      EncodedValues.check(narrow, catalog.encoded().cardinality(name));
      return narrow;
    } catch (IOException e) {
      throw catalog.failure(group, name, e.getMessage(), e);
    }
  }

  private static Column narrow(Column column) {
    return switch (column.type()) {
      case DOUBLE -> {
        double[] wide = column.numbers();
        float[] values = new float[wide.length];
        for (int row = 0; row < values.length; row++) {
          values[row] = (float) wide[row];
        }
        yield new FloatColumn(values);
      }
      case LONG -> {
        double[] wide = column.numbers();
        int[] values = new int[wide.length];
        for (int row = 0; row < values.length; row++) {
          values[row] = (int) wide[row];
        }
        yield new IntColumn(values);
      }
      default -> column;
    };
  }

  /** A buffer for {@link PlainPages} while this is open and does not read. */
  ByteBuffer piece() {
    return piece;
  }

  @Override
  public void close() {
    codecs.release();
    if (!closed) {
      closed = true;
      NativePieces.give(piece);
    }
  }
}
