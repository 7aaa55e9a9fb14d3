package dev.almanac.benchmarks.reader;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.parquet.write.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The dataset that all readers read, as our own writer writes it: 20 float32 features, 5 int32
 * categories, a float32 label, 104 bytes a row; 4 files of 10 row groups of 131,072 rows,
 * uncompressed.
 */
final class Table {
  static final int FLOATS = 20;
  static final int INTS = 5;
  static final int ROW_BYTES = Float.BYTES * (FLOATS + INTS + 1);
  static final String LABEL = "label";

  private static final int CATEGORIES = 1000;
  private static final int FILES = 4;
  private static final int GROUPS = 10;
  private static final int GROUP_ROWS = 1 << 17;

  private Table() {}

  static List<String> columns() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < FLOATS; i++) {
      names.add("x" + i);
    }
    for (int i = 0; i < INTS; i++) {
      names.add("c" + i);
    }
    names.add(LABEL);
    return names;
  }

  /** The dataset in a folder, written unless it is there. */
  static Dataset in(Path folder) throws IOException {
    return in(folder, FILES, GROUPS, GROUP_ROWS);
  }

  /** The same of another size. */
  static Dataset in(Path folder, int files, int groups, int groupRows) throws IOException {
    if (!Files.exists(folder.resolve(DatasetManifest.FILE))) {
      write(folder, files, groups, groupRows);
    }
    return Dataset.open(folder.toString());
  }

  private static void write(Path folder, int fileCount, int groups, int groupRows)
      throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String name : columns()) {
      fields.add(
          Field.required(name, name.startsWith("c") ? ColumnType.INT32 : ColumnType.FLOAT32));
    }
    TableSchema schema = TableSchema.of(fields);
    List<DatasetFile> files = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(7);
    for (int file = 0; file < fileCount; file++) {
      String name = "train/part-%05d-of-%05d.parquet".formatted(file, fileCount);
      try (ParquetBatchWriter writer =
          ParquetBatchWriter.create(
              folder.resolve(name).toString(),
              schema,
              ParquetLayout.of(groupRows, ParquetCodec.UNCOMPRESSED))) {
        for (int group = 0; group < groups; group++) {
          writer.write(rows(schema, groupRows, random));
        }
        WrittenFile written = writer.finish();
        files.add(
            new DatasetFile(
                name, written.rows(), written.rowGroups(), written.bytes(), written.sha256()));
      }
    }
    manifest(files, groupRows).withSideFiles(List.of()).hashed().write(folder.toString());
  }

  private static ColumnBatch rows(TableSchema schema, int count, SplittableRandom random) {
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      float[] floats = new float[count];
      int[] ints = new int[count];
      for (int row = 0; row < count; row++) {
        floats[row] = (float) random.nextDouble();
        ints[row] = random.nextInt(CATEGORIES);
      }
      columns.add(field.type() == ColumnType.INT32 ? new IntColumn(ints) : new FloatColumn(floats));
    }
    return new ColumnBatch(schema, columns, count);
  }

  private static DatasetManifest manifest(List<DatasetFile> files, int groupRows) {
    List<String> names = columns();
    DatasetColumns columns =
        new DatasetColumns(
            names.subList(0, FLOATS),
            names.subList(FLOATS, FLOATS + INTS).stream()
                .map(name -> new DatasetColumns.Category(name, CATEGORIES))
                .toList(),
            new DatasetColumns.Label(LABEL, 0.0, 1.0, null),
            List.of());
    long rows = files.stream().mapToLong(DatasetFile::rows).sum();
    SourceLedger ledger =
        SourceLedger.of("generated", 0, null, new RowCounts(rows, rows, 0, 0, 0, 0, 0));
    return DatasetManifest.of(
        "reader",
        new DatasetManifest.Made(
            "2026-01-01T00:00:00Z",
            new DatasetManifest.MadeBy("benchmark", "none", "none", "17", "here")),
        DatasetManifest.Hashes.of("none", "none", "none"),
        columns,
        new DatasetManifest.ParquetFiles(
            "source",
            ParquetCodec.UNCOMPRESSED.text(),
            groupRows,
            new DatasetManifest.Splits(files, List.of(), List.of())),
        new DatasetManifest.Source(
            List.of(ledger),
            ledger.rows(),
            new DatasetManifest.Rejects(0, List.of(), List.of()),
            List.of()));
  }
}
