package dev.almanac.training.data;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
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
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Small datasets on disk. The label of a row is its number in the train split, so that a batch
 * tells which rows it has; the other cells follow from the number.
 */
public final class DatasetFixture {
  static final int CARDINALITY = 50;

  public static final DatasetColumns COLUMNS =
      new DatasetColumns(
          List.of("rain", "snow", "height"),
          List.of(
              new DatasetColumns.Category("station", CARDINALITY),
              new DatasetColumns.Category("kind", CARDINALITY)),
          new DatasetColumns.Label("number", 0.0, 1.0, null),
          List.of(
              new DatasetColumns.Kept("keep.name", "name", "string"),
              new DatasetColumns.Kept("keep.day", "day", "date")));

  public static final TableSchema SCHEMA =
      TableSchema.of(
          Field.required("rain", ColumnType.FLOAT32),
          Field.required("snow", ColumnType.FLOAT32),
          Field.required("height", ColumnType.FLOAT32),
          Field.required("station", ColumnType.INT32),
          Field.required("kind", ColumnType.INT32),
          Field.required("number", ColumnType.FLOAT32),
          Field.nullable("keep.name", ColumnType.STRING),
          Field.nullable("keep.day", ColumnType.DATE));

  private DatasetFixture() {}

  public static float rain(int number) {
    return new Random(number).nextFloat();
  }

  public static int station(int number) {
    return new Random(number).nextInt(CARDINALITY);
  }

  /** Rows {@code from} to before {@code to}. */
  public static ColumnBatch rows(int from, int to) {
    int rows = to - from;
    float[] rain = new float[rows];
    float[] snow = new float[rows];
    float[] height = new float[rows];
    int[] station = new int[rows];
    int[] kind = new int[rows];
    float[] number = new float[rows];
    StringAppender name = new StringAppender();
    LongAppender day = new LongAppender(ColumnType.DATE);
    for (int row = 0; row < rows; row++) {
      int n = from + row;
      rain[row] = rain(n);
      snow[row] = -n;
      height[row] = 2 * n;
      station[row] = station(n);
      kind[row] = n % CARDINALITY;
      number[row] = n;
      if (n % 7 == 0) {
        name.appendNull();
        day.appendNull();
      } else {
        name.append("name " + n % 13);
        day.append(n);
      }
    }
    List<Column> columns =
        List.of(
            new FloatColumn(rain),
            new FloatColumn(snow),
            new FloatColumn(height),
            new IntColumn(station),
            new IntColumn(kind),
            new FloatColumn(number),
            name.build(),
            day.build());
    return new ColumnBatch(SCHEMA, columns, rows);
  }

  /** A dataset whose train split has files of these rows; the others have none. */
  public static Dataset write(Path folder, ParquetCodec codec, int rowGroupRows, int... fileRows)
      throws IOException {
    List<ColumnBatch> files = new ArrayList<>();
    int from = 0;
    for (int rows : fileRows) {
      files.add(rows(from, from + rows));
      from += rows;
    }
    return write(folder, codec, rowGroupRows, files);
  }

  public static Dataset write(
      Path folder, ParquetCodec codec, int rowGroupRows, List<ColumnBatch> contents)
      throws IOException {
    List<DatasetFile> files = new ArrayList<>();
    for (ColumnBatch content : contents) {
      String name = "train/part-%05d-of-%05d.parquet".formatted(files.size(), contents.size());
      String path = Storage.resolve(folder.toString(), name);
      try (ParquetBatchWriter writer =
          ParquetBatchWriter.create(
              path, content.schema(), ParquetLayout.of(rowGroupRows, codec))) {
        writer.write(content);
        WrittenFile file = writer.finish();
        files.add(
            new DatasetFile(name, file.rows(), file.rowGroups(), file.bytes(), file.sha256()));
      }
    }
    return describe(folder, codec, rowGroupRows, files);
  }

  /** A dataset over a file that somebody else wrote. */
  public static Dataset over(Path folder, String file, long rows, List<Long> rowGroups)
      throws IOException {
    long bytes = Files.size(folder.resolve(file));
    return describe(
        folder,
        ParquetCodec.UNCOMPRESSED,
        1,
        List.of(new DatasetFile(file, rows, rowGroups, bytes, "unknown")));
  }

  private static Dataset describe(
      Path folder, ParquetCodec codec, int rowGroupRows, List<DatasetFile> files)
      throws IOException {
    long rows = files.stream().mapToLong(DatasetFile::rows).sum();
    SourceLedger ledger = SourceLedger.of("all", 0, null, new RowCounts(rows, rows, 0, 0, 0, 0, 0));
    DatasetManifest manifest =
        DatasetManifest.of(
            "fixture",
            new DatasetManifest.Made(
                "2026-01-01T00:00:00Z",
                new DatasetManifest.MadeBy("test", "none", "none", "17", "here")),
            DatasetManifest.Hashes.of("config", "schema", "transform"),
            COLUMNS,
            new DatasetManifest.ParquetFiles(
                "source",
                codec.text(),
                rowGroupRows,
                new DatasetManifest.Splits(files, List.of(), List.of())),
            new DatasetManifest.Source(
                List.of(ledger),
                ledger.rows(),
                new DatasetManifest.Rejects(0, List.of(), List.of()),
                List.of()));
    manifest.withSideFiles(List.of()).hashed().write(folder.toString());
    return Dataset.open(folder.toString());
  }

  /** Changes one byte of a file. */
  public static void damage(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= 0x40;
    Files.write(file, bytes);
  }

  public static ColumnBatch cut(ColumnBatch batch, int from, int to) {
    int[] rows = new int[to - from];
    Arrays.setAll(rows, i -> from + i);
    return batch.take(rows);
  }
}
