package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.Printable;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.storage.ChangedFileException;
import dev.almanac.transforms.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads the flat columns of any parquet file as batches of columns, in the file's order.
 *
 * <p>Nothing is skipped: page checksums are verified where a file has them, a page must hold the
 * values that its header counts (see {@link PageShape}), and every column of a row group the rows
 * that the footer promises. Floating-point columns may hold NaN and infinities, as the file does.
 * Columns that nobody asks for are not looked at. Not thread-safe.
 *
 * <p>Some damage cannot be detected, because parquet does not guard it: changed values in a page
 * without a checksum, and most of the footer.
 */
public final class ParquetBatchReader implements AutoCloseable {
  /** Those that parquet-java and its libraries on our class path decompress. */
  private static final Set<CompressionCodecName> CODECS =
      EnumSet.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.GZIP,
          CompressionCodecName.ZSTD,
          CompressionCodecName.LZ4_RAW);

  /** Characters of a library's message that are shown: it may quote what it could not read. */
  private static final int SHOWN = 300;

  private final String path;
  private final int batchRows;
  private final ParquetFileReader reader;
  private final List<ReadColumn> columns;
  private final TableSchema schema;
  private final MessageType requested;
  private final List<UnfitCell> unfit = new ArrayList<>();
  private List<ColumnDecoder> decoders;
  private int rowGroup = -1;
  private long left;

  private ParquetBatchReader(
      String path, int batchRows, ParquetFileReader reader, List<ReadColumn> columns) {
    this.path = path;
    this.batchRows = batchRows;
    this.reader = reader;
    this.columns = List.copyOf(columns);
    this.schema = TableSchema.of(columns.stream().map(ReadColumn::field).toList());
    MessageType found = reader.getFileMetaData().getSchema();
    this.requested =
        new MessageType(
            found.getName(),
            columns.stream().map(column -> found.getType(column.stored())).toList());
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
    return open(path, batchRows, reader -> columns(reader, path, columns, types));
  }

  /**
   * Some columns of a file, each once, as values of given types; see {@link ParquetColumn#reads}.
   * Cells that are none become nulls and stand in {@link #takeUnfit}.
   *
   * @throws IOException when the file is none, or a column is missing or cannot be read so at all
   */
  public static ParquetBatchReader open(String path, int batchRows, List<ReadColumn> columns)
      throws IOException {
    return open(
        path,
        batchRows,
        reader -> {
          ParquetColumns found = ParquetColumns.of(reader, path);
          for (ReadColumn column : columns) {
            ParquetColumn there = found.readable(column.stored());
            if (!there.reads(column.field().type()) && !column.readsAsText(there.kind())) {
              throw new ForeseenException(
                  "Cannot read %s: column '%s' must be %s (it is %s)"
                      .formatted(
                          path, Names.of(there.name()), column.field().type(), there.type()));
            }
          }
          return columns;
        });
  }

  /** The columns that are asked of an open file. */
  private interface Choice {
    List<ReadColumn> of(ParquetFileReader reader) throws IOException;
  }

  private static ParquetBatchReader open(String path, int batchRows, Choice choice)
      throws IOException {
    if (batchRows < 1) {
      throw new RefusedException(
          "Cannot read %s: batches have at least 1 row (%s)".formatted(path, batchRows));
    }
    ParquetFileReader reader = ParquetFooters.open(path);
    try {
      return new ParquetBatchReader(path, batchRows, reader, choice.of(reader));
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static List<ReadColumn> columns(
      ParquetFileReader reader, String path, List<String> names, ParquetTypes types)
      throws IOException {
    MessageType found = reader.getFileMetaData().getSchema();
    List<ReadColumn> columns = new ArrayList<>();
    for (String name : names == null ? names(found) : names) {
      if (!found.containsField(name)) {
        throw new ForeseenException(
            "Cannot read %s: it has no column '%s' (its columns are %s)"
                .formatted(path, Names.of(name), Names.of(names(found))));
      }
      columns.add(ReadColumn.of(types.field(found.getType(name), path)));
    }
    return columns;
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
        new ParquetBatchReader(
            path, Integer.MAX_VALUE, reader, columns(reader, path, columns, types));
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

  /** The cells of what was read since the last call that are no values of their column's type. */
  public List<UnfitCell> takeUnfit() {
    List<UnfitCell> taken = List.copyOf(unfit);
    unfit.clear();
    return taken;
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
    checkCodecs();
    try {
      pages = new CheckedPages(reader.readRowGroup(rowGroup), left);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw damaged(culprit(), e);
    }
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(pages, new NoConverter(), requested, footer.getCreatedBy());
    for (ReadColumn read : columns) {
      ColumnDescriptor column = requested.getColumnDescription(new String[] {read.stored()});
      try {
        decoders.add(new ColumnDecoder(read, store.getColumnReader(column)));
      } catch (RuntimeException | OutOfMemoryError e) {
        throw damaged(read.field(), e);
      }
    }
  }

  /** Codecs whose libraries are not here would fail with a class that is missing. */
  private void checkCodecs() throws IOException {
    for (ColumnChunkMetaData chunk : reader.getRowGroups().get(rowGroup).getColumns()) {
      String name = chunk.getPath().toDotString();
      if (requested.containsField(name) && !CODECS.contains(chunk.getCodec())) {
        throw new ForeseenException(
            "Cannot read %s: row group %s, column '%s': it is compressed by %s, which is not read here; write the file with zstd, snappy, gzip or lz4_raw"
                .formatted(path, rowGroup, Names.of(name), chunk.getCodec()));
      }
    }
  }

  /** The first column whose pages cannot be read; null when each can. */
  private Field culprit() {
    for (ReadColumn column : columns) {
      reader.setRequestedSchema(
          List.of(requested.getColumnDescription(new String[] {column.stored()})));
      try {
        reader.readRowGroup(rowGroup).close();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        return column.field();
      }
    }
    return null;
  }

  private ColumnBatch batch() throws IOException {
    int rows = (int) Math.min(left, batchRows);
    List<Column> read = new ArrayList<>(decoders.size());
    for (ColumnDecoder decoder : decoders) {
      try {
        read.add(decoder.next(rows));
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        throw damaged(decoder.field(), e);
      }
      unfit.addAll(decoder.takeUnfit());
    }
    left -= rows;
    return new ColumnBatch(schema, read, rows);
  }

  private IOException damaged(Field field, Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof StorageException || at instanceof ChangedFileException) {
        return (IOException) at;
      }
    }
    String column = field == null ? "" : ", column '%s'".formatted(Names.of(field.name()));
    return new ForeseenException(
        "Cannot read %s: row group %s%s: %s"
            .formatted(
                path,
                rowGroup,
                column,
                cause instanceof OutOfMemoryError
                    ? "its pages need more memory than there is; allow more, such as ALMANAC_JAVA_OPTS=-Xmx8g, or the file is damaged"
                    : Printable.line(reason(cause), SHOWN) + "; the file is damaged"),
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
