package dev.almanac.training;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.parquet.write.WrittenFile;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A real dataset on disk, made from columns. */
public final class TestDataset {
  private static final int ROW_GROUP_ROWS = 1000;

  private final Path folder;
  private final DatasetColumns columns;
  private final TableSchema schema;
  private final Map<Split, List<DatasetFile>> files = new EnumMap<>(Split.class);

  public TestDataset(Path folder, DatasetColumns columns) {
    this.folder = folder;
    this.columns = columns;
    List<Field> fields = new ArrayList<>();
    columns.numeric().forEach(name -> fields.add(Field.required(name, ColumnType.FLOAT32)));
    columns.nominal().forEach(at -> fields.add(Field.required(at.name(), ColumnType.INT32)));
    fields.add(Field.required(columns.label().column(), ColumnType.FLOAT32));
    columns
        .keep()
        .forEach(kept -> fields.add(Field.nullable(kept.name(), ColumnType.of(kept.type()))));
    this.schema = TableSchema.of(fields);
    for (Split split : Split.values()) {
      files.put(split, new ArrayList<>());
    }
  }

  /** Adds a file: numeric features, categories, the label, then the columns kept. */
  public TestDataset file(Split split, Column... cells) throws IOException {
    String name = "%s/part-%05d-of-99999.parquet".formatted(split, files.get(split).size());
    ColumnBatch batch = ColumnBatch.of(schema, cells);
    try (ParquetBatchWriter writer =
        ParquetBatchWriter.create(
            folder.resolve(name).toString(),
            schema,
            ParquetLayout.of(ROW_GROUP_ROWS, ParquetCodec.UNCOMPRESSED))) {
      writer.write(batch);
      WrittenFile written = writer.finish();
      files
          .get(split)
          .add(
              new DatasetFile(
                  name, written.rows(), written.rowGroups(), written.bytes(), written.sha256()));
    }
    return this;
  }

  public Dataset write() throws IOException {
    String transform = folder.resolve("transform/transform.json").toString();
    if (!Storage.exists(transform)) {
      Storage.writeText(transform, "{}\n");
    }
    DatasetManifest.of(
            "test",
            new DatasetManifest.Made(
                "2026-01-01T00:00:00Z",
                new DatasetManifest.MadeBy("test", null, "direct", "17", null)),
            DatasetManifest.Hashes.of("config", "schema", "transform"),
            columns,
            new DatasetManifest.ParquetFiles(
                "shuffled",
                "uncompressed",
                ROW_GROUP_ROWS,
                new DatasetManifest.Splits(
                    files.get(Split.TRAIN), files.get(Split.VALIDATION), files.get(Split.TEST))),
            new DatasetManifest.Source(
                List.of(),
                RowCounts.NONE,
                new DatasetManifest.Rejects(0, List.of(), List.of()),
                List.of()))
        .withSideFiles(SideFile.of(folder.toString(), SideFile.pathsIn(folder.toString())))
        .hashed()
        .write(folder.toString());
    return Dataset.open(folder.toString());
  }
}
