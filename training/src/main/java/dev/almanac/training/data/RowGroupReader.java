package dev.almanac.training.data;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.ParquetTypes;
import dev.almanac.transforms.parquet.StorageInputFile;
import java.io.IOException;
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
 * <p>Chunks in the layout of our own writer are copied as they stand; any other goes through
 * parquet-java's column reader. Features and the label come as {@code float32}, categories as
 * {@code int32}, kept columns in their own types; a null, a number that is not finite and an index
 * outside its vocabulary are errors that name the place. Keeps buffers: use one a thread, and close
 * it.
 */
public final class RowGroupReader implements AutoCloseable {
  private final RowGroupCatalog catalog;
  private final CodecFactory codecs = new CodecFactory(new PlainParquetConfiguration(), 0);
  private final PlainChunk plain = new PlainChunk(codecs);

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
    StorageInputFile file = catalog.file(group);
    MessageType schema = catalog.footer(group).getFileMetaData().getSchema();
    Map<String, ColumnChunkMetaData> chunks = new HashMap<>();
    for (ColumnChunkMetaData chunk :
        catalog.footer(group).getBlocks().get(group.group()).getColumns()) {
      chunks.put(chunk.getPath().toDotString(), chunk);
    }
    List<String> general = new ArrayList<>();
    Map<String, Column> columns = new HashMap<>();
    try (SeekableInputStream in = file.newStream()) {
      for (String name : names) {
        ColumnChunkMetaData chunk = chunks.get(name);
        if (catalog.encoded().type(name) != null
            && chunk != null
            && PlainChunk.fits(schema.getType(name), chunk)) {
          columns.put(name, plain(in, group, name, chunk));
        } else {
          general.add(name);
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
        check(group, name, columns.get(name));
      }
    }
    return new ColumnBatch(
        TableSchema.of(fields), names.stream().map(columns::get).toList(), group.rows());
  }

  private Column plain(
      SeekableInputStream in, RowGroup group, String name, ColumnChunkMetaData chunk)
      throws IOException {
    try {
      return catalog.encoded().type(name) == ColumnType.FLOAT32
          ? new FloatColumn(plain.floats(in, chunk, group.rows()))
          : new IntColumn(plain.ints(in, chunk, group.rows()));
    } catch (IOException | RuntimeException e) {
      throw failure(group, name, e.getMessage(), e);
    }
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
    for (int row = 0; column.nulls() > 0 && row < column.rows(); row++) {
      if (column.isNull(row)) {
        throw failure(group, name, "row %d: an encoded column has no null".formatted(row), null);
      }
    }
    if (column instanceof DoubleColumn doubles) {
      float[] values = new float[doubles.rows()];
      for (int row = 0; row < values.length; row++) {
        values[row] = (float) doubles.values()[row];
      }
      return new FloatColumn(values);
    }
    if (column instanceof LongColumn longs) {
      int[] values = new int[longs.rows()];
      for (int row = 0; row < values.length; row++) {
        values[row] = (int) longs.values()[row];
      }
      return new IntColumn(values);
    }
    return column;
  }

  private void check(RowGroup group, String name, Column column) throws IOException {
    EncodedValues.Fault fault = EncodedValues.find(column, catalog.encoded().cardinality(name));
    if (fault != null) {
      throw failure(group, name, "row %d: %s".formatted(fault.row(), fault.rule()), null);
    }
  }

  private IOException failure(RowGroup group, String column, String what, Throwable cause) {
    return new IOException(
        "Cannot read %s: row group %d, column '%s': %s"
            .formatted(catalog.file(group), group.group(), column, what),
        cause);
  }

  @Override
  public void close() {
    codecs.release();
  }
}
