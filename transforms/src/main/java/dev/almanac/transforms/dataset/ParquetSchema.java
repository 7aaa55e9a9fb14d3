package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.ParquetTypes;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.schema.DateForm;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema that parquet files bring along: the union of their columns. */
public final class ParquetSchema {
  private ParquetSchema() {}

  /**
   * Reads the footers of these files.
   *
   * @throws IOException naming two files that disagree on a column's type
   */
  public static SourceSchema of(List<StoredFile> files) throws IOException {
    Map<String, Field> columns = new LinkedHashMap<>();
    Map<String, String> firstFile = new LinkedHashMap<>();
    Map<String, Integer> having = new LinkedHashMap<>();
    for (StoredFile file : files) {
      for (Field field : of(file.path()).fields()) {
        Field known = columns.putIfAbsent(field.name(), field);
        firstFile.putIfAbsent(field.name(), file.path());
        having.merge(field.name(), 1, Integer::sum);
        if (known != null && known.type() != field.type()) {
          throw new ForeseenException(
              "Cannot read %s: column '%s' is %s there and %s in %s; a column must have one type"
                  .formatted(
                      file.path(),
                      field.name(),
                      field.type(),
                      known.type(),
                      firstFile.get(field.name())));
        }
        if (known != null && field.nullable()) {
          columns.put(field.name(), field);
        }
      }
    }
    List<SourceColumn> source = new ArrayList<>();
    columns.forEach(
        (name, field) ->
            source.add(
                new SourceColumn(
                    name,
                    field.type(),
                    field.type() == ColumnType.DATE ? DateForm.ISO : null,
                    field.nullable() || having.get(name) < files.size())));
    return SourceSchema.of(source);
  }

  /** The columns of one file. */
  static TableSchema of(String file) throws IOException {
    try (ParquetBatchReader reader =
        ParquetBatchReader.open(file, SourceRows.BATCH_ROWS, null, ParquetTypes.WIDENED)) {
      return reader.schema();
    }
  }
}
