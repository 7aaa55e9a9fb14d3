package dev.almanac.training.data.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.data.DatasetFixture;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowGroupReaderTest {
  private static final List<String> ENCODED = DatasetFixture.SCHEMA.names().subList(0, 6);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void ourOwnFilesAreReadBack(ParquetCodec codec) throws IOException {
    Dataset dataset = DatasetFixture.write(folder, codec, 400, 1_000, 300);
    assertReadsBack(dataset, 0, 400, 800, 1_000, 1_300);
  }

  @Test
  void aChunkOfSeveralPagesIsReadBack() throws IOException {
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 300_000, 300_000);
    assertReadsBack(dataset, 0, 300_000);
  }

  /**
   * DuckDB writes optional columns, dictionaries where they pay, and version 2 pages on request.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "codec uncompressed, parquet_version v1",
        "codec snappy, parquet_version v1",
        "codec lz4_raw, parquet_version v2",
        "codec zstd, parquet_version v2"
      })
  void filesOfOtherWritersAreReadBack(String options) throws Exception {
    Dataset ours =
        DatasetFixture.write(folder.resolve("ours"), ParquetCodec.UNCOMPRESSED, 100_000, 10_000);
    duckDb(
        "copy (select * from '%s') to '%s' (format parquet, row_group_size 4096, %s)"
            .formatted(
                ours.path(ours.manifest().files(Split.TRAIN).get(0)),
                folder.resolve("theirs.parquet"),
                options));
    Dataset theirs =
        DatasetFixture.over(folder, "theirs.parquet", 10_000, List.of(4_096L, 4_096L, 1_808L));
    assertReadsBack(theirs, 0, 4_096, 8_192, 10_000);
  }

  private static void assertReadsBack(Dataset dataset, int... bounds) throws IOException {
    RowGroupCatalog catalog = RowGroupCatalog.open(dataset, Split.TRAIN);
    ColumnBatch all = DatasetFixture.rows(0, bounds[bounds.length - 1]).select(ENCODED);
    try (RowGroupReader reader = new RowGroupReader(catalog)) {
      for (int i = 0; i + 1 < bounds.length; i++) {
        ColumnBatch expected = DatasetFixture.cut(all, bounds[i], bounds[i + 1]);
        assertEquals(expected, reader.read(catalog.rowGroups().get(i)));
      }
    }
  }

  @Test
  void aNullInAnEncodedColumnIsAnError() throws Exception {
    duckDb(
        "copy (select 1::float rain, 2::float snow, 3::float height, 4::int station, case when i = 17 then null else 0 end::int as kind, i::float as number from range(20) t(i)) to '%s' (format parquet)"
            .formatted(folder.resolve("null.parquet")));
    Dataset dataset = DatasetFixture.over(folder, "null.parquet", 20, List.of(20L));
    assertFails(dataset, ": row group 0, column 'kind': row 17: an encoded column has no null");
  }

  @Test
  void aDamagedByteIsNeverReadAsARow() throws IOException {
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 1_000, 3_000);
    Path file = file(dataset);
    long size = Files.size(file);
    byte[] whole = Files.readAllBytes(file);
    int reported = 0;
    // Every 397th byte of the row groups: headers, values and checksums alike. Damage to kept
    // columns, and to parts of a header that nobody needs, is not seen and does no harm.
    for (long at = 4; at < size * 2 / 3; at += 397) {
      DatasetFixture.damage(file, at);
      try {
        assertReadsBack(dataset, 0, 1_000, 2_000, 3_000);
      } catch (IOException e) {
        reported++;
        assertTrue(e.getMessage().startsWith("Cannot read " + file + ": "), e.getMessage());
      }
      Files.write(file, whole);
    }
    assertTrue(reported > 80, "reported " + reported);
  }

  @Test
  void damageIsReportedWithItsFileRowGroupAndColumn() throws IOException {
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 1_000, 3_000);
    DatasetFixture.damage(file(dataset), 5_000);
    assertFails(
        dataset,
        ": row group 0, column 'snow': the checksum of a page does not fit; the file is damaged");
  }

  @Test
  void aNumberThatIsNotFiniteIsReportedWithItsRow() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] snow = new float[300];
      snow[217] = bad;
      ColumnBatch rows =
          DatasetFixture.rows(0, 300)
              .with(DatasetFixture.SCHEMA.field("snow"), new FloatColumn(snow));
      Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 100, List.of(rows));
      assertFails(
          dataset,
          ": row group 2, column 'snow': row 17: a feature or label is finite (" + bad + ")");
    }
  }

  @Test
  void anIndexOutsideItsVocabularyIsReportedWithItsRow() throws IOException {
    for (int bad : new int[] {-1, 50, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      int[] kind = new int[300];
      Arrays.fill(kind, 49);
      kind[117] = bad;
      ColumnBatch rows =
          DatasetFixture.rows(0, 300)
              .with(DatasetFixture.SCHEMA.field("kind"), new IntColumn(kind));
      Dataset dataset = DatasetFixture.write(folder, ParquetCodec.SNAPPY, 100, List.of(rows));
      assertFails(
          dataset,
          ": row group 1, column 'kind': row 17: a category index is from 0 to 49 (" + bad + ")");
    }
  }

  @Test
  void aFileOfAnotherSizeIsAnError() throws IOException {
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 100, 300);
    Path file = file(dataset);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    IOException e =
        assertThrows(IOException.class, () -> RowGroupCatalog.open(dataset, Split.TRAIN));
    assertEquals(
        "Cannot read %s: its size is %d in dataset.json (%d in the file); run `prepare` again"
            .formatted(file, bytes.length, bytes.length - 1),
        e.getMessage());
  }

  @Test
  void otherRowGroupsThanTheManifestSaysAreAnError() throws IOException {
    DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 100, 300);
    String file = "train/part-00000-of-00001.parquet";
    Dataset fewer = DatasetFixture.over(folder, file, 300, List.of(300L));
    IOException e = assertThrows(IOException.class, () -> RowGroupCatalog.open(fewer, Split.TRAIN));
    assertEquals(
        "Cannot read %s: it has 1 row groups in dataset.json (3 in the file); run `prepare` again"
            .formatted(folder.resolve(file)),
        e.getMessage());
    Dataset other = DatasetFixture.over(folder, file, 300, List.of(100L, 99L, 101L));
    e = assertThrows(IOException.class, () -> RowGroupCatalog.open(other, Split.TRAIN));
    assertEquals(
        "Cannot read %s: row group 1 has 99 rows in dataset.json (100 in the file); run `prepare` again"
            .formatted(folder.resolve(file)),
        e.getMessage());
  }

  @Test
  void aMissingColumnAndAColumnOfAnotherTypeAreErrors() throws IOException {
    ColumnBatch rows = DatasetFixture.rows(0, 10);
    Dataset without =
        DatasetFixture.write(
            folder, ParquetCodec.UNCOMPRESSED, 100, List.of(rows.select(ENCODED.subList(1, 6))));
    IOException e =
        assertThrows(IOException.class, () -> RowGroupCatalog.open(without, Split.TRAIN));
    assertEquals(
        "Cannot read %s: it has no column 'rain', which dataset.json names"
            .formatted(file(without)),
        e.getMessage());
    Dataset other =
        DatasetFixture.write(
            folder,
            ParquetCodec.UNCOMPRESSED,
            100,
            List.of(
                rows.with(
                    Field.required("rain", rows.schema().field("kind").type()),
                    rows.column("kind"))));
    e = assertThrows(IOException.class, () -> RowGroupCatalog.open(other, Split.TRAIN));
    assertEquals(
        "Cannot read %s: column 'rain' is FLOAT (required int32 rain)".formatted(file(other)),
        e.getMessage());
  }

  private static Path file(Dataset dataset) {
    return Path.of(dataset.path(dataset.manifest().files(Split.TRAIN).get(0)));
  }

  private static void assertFails(Dataset dataset, String message) throws IOException {
    RowGroupCatalog catalog = RowGroupCatalog.open(dataset, Split.TRAIN);
    try (RowGroupReader reader = new RowGroupReader(catalog)) {
      IOException e =
          assertThrows(
              IOException.class,
              () -> {
                for (RowGroup group : catalog.rowGroups()) {
                  reader.read(group);
                }
              });
      assertEquals("Cannot read " + file(dataset) + message, e.getMessage());
    }
  }

  private static void duckDb(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
