package dev.almanac.transforms.parquet;

import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of a parquet source file, as its footer describes them, including those that cannot
 * be read.
 */
public record ParquetColumns(String path, List<ParquetColumn> columns) {
  public ParquetColumns {
    columns = List.copyOf(columns);
  }

  /**
   * Reads the footer.
   *
   * @throws IOException when it is no parquet file
   */
  public static ParquetColumns of(String path) throws IOException {
    try (ParquetFileReader reader = ParquetFooters.open(path)) {
      return of(reader, path);
    }
  }

  static ParquetColumns of(ParquetFileReader reader, String path) {
    MessageType schema = reader.getFileMetaData().getSchema();
    Map<String, ParquetColumn> columns = new LinkedHashMap<>();
    for (Type type : schema.getFields()) {
      boolean unsigned = ParquetKind.of(type) == ParquetKind.UNSIGNED_LONG;
      columns.merge(
          type.getName(),
          ParquetColumn.of(type, unsigned && fitsLong(reader, type.getName())),
          ParquetColumn::twice);
    }
    return new ParquetColumns(path, List.copyOf(columns.values()));
  }

  /** Whether statistics say of every row group that no value is beyond a long. */
  private static boolean fitsLong(ParquetFileReader reader, String name) {
    for (BlockMetaData group : reader.getRowGroups()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (chunk.getPath().toDotString().equals(name) && chunk.getValueCount() > 0) {
          Statistics<?> seen = chunk.getStatistics();
          boolean onlyNulls =
              seen != null && seen.isNumNullsSet() && seen.getNumNulls() == chunk.getValueCount();
          if (!onlyNulls
              && (seen == null
                  || !seen.hasNonNullValue()
                  || ((Number) seen.genericGetMax()).longValue() < 0)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** The columns by name. */
  public Map<String, ParquetColumn> byName() {
    Map<String, ParquetColumn> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    return byName;
  }

  public List<String> names() {
    return columns.stream().map(ParquetColumn::name).toList();
  }

  /**
   * A column of this name that can be read.
   *
   * @throws IOException naming the file, the column, its type and what to do
   */
  public ParquetColumn readable(String name) throws IOException {
    ParquetColumn column = byName().get(name);
    if (column == null) {
      throw new ForeseenException(
          "Cannot read %s: it has no column '%s' (its columns are %s)"
              .formatted(path, Names.of(name), Names.of(names())));
    }
    if (!column.isReadable()) {
      throw new ForeseenException("Cannot read %s: %s".formatted(path, column.unreadable()));
    }
    return column;
  }
}
