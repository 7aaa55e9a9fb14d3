package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads any flat parquet file as batches of columns, in the file's order.
 *
 * <p>Nothing is skipped: page checksums are verified, a damaged page is an error, and every column
 * of a row group must have the rows that the footer promises. Floating-point columns may hold NaN
 * and infinities, as the file does. Not thread-safe.
 */
public final class ParquetBatchReader implements AutoCloseable {
  private final String path;
  private final int batchRows;
  private final ParquetFileReader reader;
  private final TableSchema schema;
  private final MessageType requested;
  private List<ColumnDecoder> decoders;
  private int rowGroup = -1;
  private long left;

  private ParquetBatchReader(
      String path,
      int batchRows,
      ParquetFileReader reader,
      List<String> columns,
      ParquetTypes types)
      throws IOException {
    this.path = path;
    this.batchRows = batchRows;
    this.reader = reader;
    MessageType found = reader.getFileMetaData().getSchema();
    List<Type> wanted = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (String column : columns == null ? names(found) : columns) {
      if (!found.containsField(column)) {
        throw new ForeseenException(
            "Cannot read %s: it has no column '%s' (its columns are %s)"
                .formatted(path, column, names(found)));
      }
      Type type = found.getType(column);
      fields.add(types.field(type, path));
      wanted.add(type);
    }
    this.schema = TableSchema.of(fields);
    this.requested = new MessageType(found.getName(), wanted);
    reader.setRequestedSchema(requested);
  }

  /** Every column of a file, numbers as they are stored. */
  public static ParquetBatchReader open(String path, int batchRows) throws IOException {
    return open(path, batchRows, null, ParquetTypes.EXACT);
  }

  /**
   * Some columns of a file.
   *
   * @param batchRows the most rows of a batch; batches do not cross row groups
   * @param columns in the order wanted; null for all of the file's
   * @throws IOException when the file is none, or a column is missing or of no type of ours
   */
  public static ParquetBatchReader open(
      String path, int batchRows, List<String> columns, ParquetTypes types) throws IOException {
    if (batchRows < 1) {
      throw new RefusedException(
          "Cannot read %s: batches have at least 1 row (%d)".formatted(path, batchRows));
    }
    ParquetFileReader reader;
    try {
      reader = ParquetFileReader.open(StorageInputFile.of(path), options());
    } catch (RuntimeException e) {
      throw new ForeseenException(
          "Cannot read %s: it is no parquet file (%s)".formatted(path, e.getMessage()), e);
    }
    try {
      return new ParquetBatchReader(path, batchRows, reader, columns, types);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Options that verify checksums and need no Hadoop configuration. */
  public static ParquetReadOptions options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .usePageChecksumVerification()
        .build();
  }

  /**
   * One row group's columns whole, by parquet-java's readers.
   *
   * @param reader a reader of the file, opened with {@link #options}; its requested columns change
   */
  public static ColumnBatch rowGroup(
      ParquetFileReader reader, String path, int rowGroup, List<String> columns, ParquetTypes types)
      throws IOException {
    ParquetBatchReader whole =
        new ParquetBatchReader(path, Integer.MAX_VALUE, reader, columns, types);
    whole.rowGroup = rowGroup;
    whole.start();
    return whole.batch();
  }

  public TableSchema schema() {
    return schema;
  }

  /** Rows of the file, as its footer says. */
  public long rows() {
    return reader.getRecordCount();
  }

  /** The next rows; null when there are no more. */
  public ColumnBatch read() throws IOException {
    while (left == 0) {
      if (rowGroup + 1 >= reader.getRowGroups().size()) {
        return null;
      }
      rowGroup++;
      start();
    }
    return batch();
  }

  private void start() throws IOException {
    FileMetaData footer = reader.getFileMetaData();
    left = reader.getRowGroups().get(rowGroup).getRowCount();
    decoders = new ArrayList<>();
    if (left == 0) {
      return;
    }
    PageReadStore pages;
    try {
      pages = reader.readRowGroup(rowGroup);
    } catch (IOException | RuntimeException e) {
      throw damaged(culprit(), e);
    }
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(pages, new NoConverter(), requested, footer.getCreatedBy());
    for (Field field : schema.fields()) {
      ColumnDescriptor column = requested.getColumnDescription(new String[] {field.name()});
      try {
        long values = pages.getPageReader(column).getTotalValueCount();
        if (values != left) {
          throw new ForeseenException(
              "it has %d values, the row group %d rows".formatted(values, left));
        }
        decoders.add(new ColumnDecoder(field, store.getColumnReader(column)));
      } catch (IOException | RuntimeException e) {
        throw damaged(field, e);
      }
    }
  }

  /** The first column whose pages cannot be read; null when each can. */
  private Field culprit() {
    for (Field field : schema.fields()) {
      reader.setRequestedSchema(
          List.of(requested.getColumnDescription(new String[] {field.name()})));
      try {
        reader.readRowGroup(rowGroup).close();
      } catch (IOException | RuntimeException e) {
        return field;
      }
    }
    return null;
  }

  private ColumnBatch batch() throws IOException {
    int rows = (int) Math.min(left, batchRows);
    List<Column> columns = new ArrayList<>(decoders.size());
    for (ColumnDecoder decoder : decoders) {
      try {
        columns.add(decoder.next(rows));
      } catch (IOException | RuntimeException e) {
        throw damaged(decoder.field(), e);
      }
    }
    left -= rows;
    return new ColumnBatch(schema, columns, rows);
  }

  private IOException damaged(Field field, Exception cause) {
    String column = field == null ? "" : ", column '%s'".formatted(field.name());
    return new ForeseenException(
        "Cannot read %s: row group %d%s: %s".formatted(path, rowGroup, column, reason(cause)),
        cause);
  }

  private static String reason(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
  }

  private static List<String> names(MessageType schema) {
    return schema.getFields().stream().map(Type::getName).toList();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
