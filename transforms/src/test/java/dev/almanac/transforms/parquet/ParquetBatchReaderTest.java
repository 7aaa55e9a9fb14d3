package dev.almanac.transforms.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetBatchReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000, 1_000_000})
  void theSizeOfTheBatchesDoesNotChangeTheRows(int batchRows) throws Exception {
    ColumnBatch table = SampleTable.random(2_500, 1);
    String path = folder.resolve("t.parquet").toString();
    try (ParquetBatchWriter writer =
        ParquetBatchWriter.create(
            path, table.schema(), ParquetLayout.of(1_100, ParquetCodec.ZSTD))) {
      writer.write(table);
      writer.finish();
    }
    int row = 0;
    try (ParquetBatchReader reader = ParquetBatchReader.open(path, batchRows)) {
      for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
        assertTrue(batch.rows() <= batchRows);
        assertEquals(SampleTable.rows(table, row, row + batch.rows()), batch);
        row += batch.rows();
      }
    }
    assertEquals(2_500, row);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "codec uncompressed, parquet_version v1",
        "codec snappy, parquet_version v1",
        "codec lz4_raw, parquet_version v1",
        "codec zstd, parquet_version v2",
        "codec gzip, parquet_version v2"
      })
  void filesOfDuckDbAreRead(String options) throws Exception {
    String path = folder.resolve("duck.parquet").toString();
    duckDb(
        """
        copy (select
          case when i %% 3 = 0 then null else i end as whole,
          (i * 7)::utinyint as small,
          i / 4.0 as real,
          (i / 8.0)::float as narrow,
          i %% 2 = 0 as flag,
          (i / 100.0)::decimal(9, 2) as price,
          case when i %% 5 = 0 then null else date '2000-01-01' + i::integer end as day,
          'name ' || i %% 11 as name
          from range(30) t(i), range(1000)) to '%s' (format parquet, row_group_size 4096, %s)
        """
            .formatted(path, options));
    List<ColumnBatch> batches = new ArrayList<>();
    try (ParquetBatchReader reader =
        ParquetBatchReader.open(path, 5_000, null, ParquetTypes.WIDENED)) {
      assertEquals(30_000, reader.rows());
      for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
        batches.add(batch);
      }
    }
    assertEquals(30_000, batches.stream().mapToInt(ColumnBatch::rows).sum());
    int[] seen = new int[30];
    for (ColumnBatch batch : batches) {
      assertEquals(
          List.of(
              ColumnType.LONG,
              ColumnType.LONG,
              ColumnType.DOUBLE,
              ColumnType.DOUBLE,
              ColumnType.LONG,
              ColumnType.DOUBLE,
              ColumnType.DATE,
              ColumnType.STRING),
          batch.schema().fields().stream().map(Field::type).toList());
      for (int row = 0; row < batch.rows(); row++) {
        int i = (int) (((DoubleColumn) batch.column("real")).values()[row] * 4);
        seen[i]++;
        assertEquals(i % 3 == 0, batch.column("whole").isNull(row));
        assertEquals(i % 3 == 0 ? 0 : i, ((LongColumn) batch.column("whole")).values()[row]);
        assertEquals(i * 7, ((LongColumn) batch.column("small")).values()[row]);
        assertEquals(i / 8.0, ((DoubleColumn) batch.column("narrow")).values()[row]);
        assertEquals(i % 2 == 0 ? 1 : 0, ((LongColumn) batch.column("flag")).values()[row]);
        assertEquals(i / 100.0, ((DoubleColumn) batch.column("price")).values()[row]);
        assertEquals(i % 5 == 0, batch.column("day").isNull(row));
        if (i % 5 != 0) {
          assertEquals(
              LocalDate.of(2000, 1, 1).plusDays(i).toEpochDay(),
              ((LongColumn) batch.column("day")).values()[row]);
        }
        assertEquals("name " + i % 11, ((StringColumn) batch.column("name")).value(row));
      }
    }
    int[] thousands = new int[30];
    Arrays.fill(thousands, 1_000);
    assertEquals(Arrays.toString(thousands), Arrays.toString(seen));
  }

  @Test
  void columnsComeInTheOrderAskedFor() throws Exception {
    String path = sample(100);
    try (ParquetBatchReader reader =
        ParquetBatchReader.open(path, 100, List.of("station", "id"), ParquetTypes.EXACT)) {
      assertEquals(
          TableSchema.of(
              Field.required("station", ColumnType.STRING), Field.required("id", ColumnType.LONG)),
          reader.read().schema());
    }
  }

  @Test
  void aColumnOfNoTypeOfOursIsNamedWhenItIsRead() throws Exception {
    String path = folder.resolve("list.parquet").toString();
    duckDb("copy (select 1 as a, [1, 2] as b) to '%s' (format parquet)".formatted(path));
    IOException e =
        assertThrows(IOException.class, () -> ParquetBatchReader.open(path, 10).close());
    assertTrue(
        e.getMessage().startsWith("Cannot read " + path + ": column 'b' is none of integer, "),
        e.getMessage());
    try (ParquetBatchReader reader =
        ParquetBatchReader.open(path, 10, List.of("a"), ParquetTypes.WIDENED)) {
      assertEquals(1, reader.read().rows());
    }
  }

  @Test
  void aMissingColumnIsNamed() throws Exception {
    String path = sample(10);
    IOException e =
        assertThrows(
            IOException.class,
            () -> ParquetBatchReader.open(path, 10, List.of("x"), ParquetTypes.EXACT).close());
    assertTrue(
        e.getMessage().startsWith("Cannot read " + path + ": it has no column 'x' (its columns"),
        e.getMessage());
  }

  @Test
  void aDamagedByteIsNeverReadAsARow() throws Exception {
    String path = sample(1_000);
    byte[] whole = Files.readAllBytes(Path.of(path));
    // The first column's values: 1000 floats behind the first page's header.
    whole[2_000] ^= 1;
    Files.write(Path.of(path), whole);
    try (ParquetBatchReader reader = ParquetBatchReader.open(path, 100)) {
      IOException e = assertThrows(IOException.class, reader::read);
      assertTrue(
          e.getMessage().startsWith("Cannot read " + path + ": row group 0, column 'feature': "),
          e.getMessage());
      assertTrue(e.getMessage().contains("CRC"), e.getMessage());
    }
  }

  @Test
  void aTruncatedFileIsAnError() throws Exception {
    String path = sample(1_000);
    byte[] whole = Files.readAllBytes(Path.of(path));
    Files.write(Path.of(path), Arrays.copyOf(whole, whole.length - 100));
    IOException e =
        assertThrows(IOException.class, () -> ParquetBatchReader.open(path, 10).close());
    assertTrue(
        e.getMessage()
            .startsWith(
                "Cannot read " + path + ": it is no parquet file, or its footer is damaged ("),
        e.getMessage());
  }

  @Test
  void aMissingFileIsAnError() {
    String path = folder.resolve("none.parquet").toString();
    IOException e =
        assertThrows(FileNotFoundException.class, () -> ParquetBatchReader.open(path, 10).close());
    assertEquals("Cannot read " + path + ": there is no such file", e.getMessage());
  }

  private String sample(int rows) throws IOException {
    ColumnBatch table = SampleTable.random(rows, 2);
    String path = folder.resolve("sample.parquet").toString();
    try (ParquetBatchWriter writer =
        ParquetBatchWriter.create(
            path, table.schema(), ParquetLayout.of(10_000, ParquetCodec.UNCOMPRESSED))) {
      writer.write(table);
      writer.finish();
    }
    return path;
  }

  private static void duckDb(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
