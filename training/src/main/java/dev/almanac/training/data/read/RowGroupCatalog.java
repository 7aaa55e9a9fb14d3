package dev.almanac.training.data.read;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.StorageInputFile;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The row groups of one split of a dataset, checked against the footers of its files: sizes, counts
 * and the columns that training reads. Immutable and thread-safe.
 */
public final class RowGroupCatalog {
  private final Dataset dataset;
  private final Split split;
  private final List<StorageInputFile> files;
  private final List<StoredFile> stored;
  private final List<ParquetMetadata> footers;
  private final List<RowGroup> rowGroups;
  private final EncodedColumns encoded;

  private RowGroupCatalog(
      Dataset dataset,
      Split split,
      List<StoredFile> stored,
      List<ParquetMetadata> footers,
      List<RowGroup> rowGroups) {
    this.dataset = dataset;
    this.split = split;
    this.stored = List.copyOf(stored);
    this.files = stored.stream().map(f -> new StorageInputFile(f.path(), f.bytes())).toList();
    this.footers = List.copyOf(footers);
    this.rowGroups = List.copyOf(rowGroups);
    this.encoded = EncodedColumns.of(dataset.manifest().columns());
  }

  /**
   * Reads the footers of a split's files.
   *
   * @throws IOException naming the file, and the row group or column, that is not as {@code
   *     dataset.json} says
   */
  public static RowGroupCatalog open(Dataset dataset, Split split) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    List<ParquetMetadata> footers = new ArrayList<>();
    List<RowGroup> rowGroups = new ArrayList<>();
    for (DatasetFile file : dataset.manifest().files(split)) {
      String path = dataset.path(file);
      StoredFile found = Storage.look(path);
      if (found.bytes() != file.bytes()) {
        throw changed(path, "its size is %s", file.bytes(), found.bytes());
      }
      ParquetMetadata footer = footer(new StorageInputFile(path, found.bytes()));
      checkColumns(path, footer, dataset.manifest().columns());
      checkCounts(path, footer, file);
      for (int group = 0; group < file.rowGroups().size(); group++) {
        int rows = Math.toIntExact(file.rowGroups().get(group));
        rowGroups.add(new RowGroup(files.size(), group, rows));
      }
      files.add(new StoredFile(path, found.bytes(), found.modified()));
      footers.add(footer);
    }
    return new RowGroupCatalog(dataset, split, files, footers, rowGroups);
  }

  /**
   * The same of a split that is to be trained on.
   *
   * @throws IOException as {@link #open}, and when the split has no rows
   */
  public static RowGroupCatalog openFilled(Dataset dataset, Split split) throws IOException {
    RowGroupCatalog catalog = open(dataset, split);
    if (catalog.rows() == 0) {
      throw new ForeseenException(
          "Cannot read split '%s' of %s: it has no rows".formatted(split, dataset.folder()));
    }
    return catalog;
  }

  private static ParquetMetadata footer(StorageInputFile input) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(input, ParquetBatchReader.options())) {
      return reader.getFooter();
    } catch (RuntimeException e) {
      throw new ForeseenException(
          "Cannot read %s: it is no parquet file (%s)".formatted(input, e.getMessage()), e);
    }
  }

  private static void checkCounts(String path, ParquetMetadata footer, DatasetFile file)
      throws IOException {
    List<BlockMetaData> blocks = footer.getBlocks();
    if (blocks.size() != file.rowGroups().size()) {
      throw changed(path, "it has %s row groups", file.rowGroups().size(), blocks.size());
    }
    for (int group = 0; group < blocks.size(); group++) {
      long rows = blocks.get(group).getRowCount();
      if (rows != file.rowGroups().get(group)) {
        throw changed(
            path, "row group " + group + " has %s rows", file.rowGroups().get(group), rows);
      }
    }
  }

  private static void checkColumns(String path, ParquetMetadata footer, DatasetColumns columns)
      throws IOException {
    MessageType schema = footer.getFileMetaData().getSchema();
    EncodedColumns encoded = EncodedColumns.of(columns);
    for (String name : encoded.names()) {
      PrimitiveTypeName wanted =
          encoded.type(name) == ColumnType.FLOAT32
              ? PrimitiveTypeName.FLOAT
              : PrimitiveTypeName.INT32;
      if (!schema.containsField(name)) {
        throw new ForeseenException(
            "Cannot read %s: it has no column '%s', which %s names"
                .formatted(path, name, DatasetManifest.FILE));
      }
      Type type = schema.getType(name);
      if (!type.isPrimitive()
          || type.isRepetition(Type.Repetition.REPEATED)
          || !isPlain(type.getLogicalTypeAnnotation())
          || type.asPrimitiveType().getPrimitiveTypeName() != wanted) {
        throw new ForeseenException(
            "Cannot read %s: column '%s' is %s (%s)".formatted(path, name, wanted, type));
      }
    }
  }

  /** Some writers say of an INT32 that it is a signed number of 32 bits. */
  private static boolean isPlain(LogicalTypeAnnotation logical) {
    return logical == null || logical.equals(LogicalTypeAnnotation.intType(32, true));
  }

  private static IOException changed(String path, String what, long expected, long found) {
    return new ForeseenException(
        "Cannot read %s: %s in %s (%s in the file); run `prepare` again"
            .formatted(path, what.formatted(expected), DatasetManifest.FILE, found));
  }

  public Dataset dataset() {
    return dataset;
  }

  public Split split() {
    return split;
  }

  /** In the order of the manifest's files. */
  public List<RowGroup> rowGroups() {
    return rowGroups;
  }

  public long rows() {
    return rowGroups.stream().mapToLong(RowGroup::rows).sum();
  }

  /** The rows of the largest row groups, of so many together. */
  public long mostRows(int groups) {
    return rowGroups.stream()
        .mapToLong(RowGroup::rows)
        .map(rows -> -rows)
        .sorted()
        .limit(groups)
        .map(rows -> -rows)
        .sum();
  }

  public EncodedColumns encoded() {
    return encoded;
  }

  StorageInputFile file(RowGroup group) {
    return files.get(group.file());
  }

  /**
   * Looks whether a row group's file is the one that was opened.
   *
   * @throws IOException when its size or the time of its last change is another
   */
  void checkUnchanged(RowGroup group) throws IOException {
    StoredFile opened = stored.get(group.file());
    StoredFile now = Storage.look(opened.path());
    if (now.bytes() != opened.bytes() || now.modified() != opened.modified()) {
      throw new ForeseenException(
          "Cannot read %s: row group %s: the file was changed while it was in use (%s bytes of %s, now %s of %s)"
              .formatted(
                  opened.path(),
                  group.group(),
                  opened.bytes(),
                  Instant.ofEpochMilli(opened.modified()),
                  now.bytes(),
                  Instant.ofEpochMilli(now.modified())));
    }
  }

  ParquetMetadata footer(RowGroup group) {
    return footers.get(group.file());
  }

  /** The column chunks of a row group, by name. */
  Map<String, ColumnChunkMetaData> chunks(RowGroup group) {
    Map<String, ColumnChunkMetaData> chunks = new HashMap<>();
    footer(group)
        .getBlocks()
        .get(group.group())
        .getColumns()
        .forEach(chunk -> chunks.put(chunk.getPath().toDotString(), chunk));
    return chunks;
  }

  /** The ends of an int32 column or a date in a row group; null when its footer has none. */
  public IntEnds ends(RowGroup group, String column) {
    ColumnChunkMetaData chunk = chunks(group).get(column);
    return chunk != null
            && chunk.getStatistics() instanceof IntStatistics values
            && values.hasNonNullValue()
        ? new IntEnds(values.getMin(), values.getMax())
        : null;
  }

  /** Whether every column that training reads can be read by {@link PlainPages}. */
  boolean isPlain(RowGroup group) {
    MessageType schema = footer(group).getFileMetaData().getSchema();
    Map<String, ColumnChunkMetaData> chunks = chunks(group);
    return encoded.names().stream()
        .allMatch(
            name ->
                PlainChunk.fits(schema.getType(name), chunks.get(name))
                    && PlainPages.fits(chunks.get(name)));
  }

  /** What went wrong in a column of a row group. */
  IOException failure(RowGroup group, String column, String what, Throwable cause) {
    return new ForeseenException(
        "Cannot read %s: row group %s, column '%s': %s"
            .formatted(file(group), group.group(), column, what),
        cause);
  }
}
