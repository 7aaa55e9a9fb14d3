package dev.almanac.transforms.parquet.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.column.Validity;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.SampleTable;
import dev.almanac.transforms.parquet.StorageInputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetBatchWriterTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void duckDbReadsEveryCellBack(ParquetCodec codec) throws Exception {
    ColumnBatch table = SampleTable.random(10_000, 1);
    String path = write(table, ParquetLayout.of(3_000, codec));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select * from '%s'".formatted(path))) {
      for (int row = 0; row < table.rows(); row++) {
        assertTrue(found.next());
        for (int i = 0; i < table.columns().size(); i++) {
          assertEquals(cell(table, i, row), fromDuckDb(found, table, i), "row " + row);
        }
      }
      assertFalse(found.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  void parquetAvroReadsEveryCellBack(ParquetCodec codec) throws Exception {
    ColumnBatch table = SampleTable.random(10_000, 2);
    String path = write(table, ParquetLayout.of(3_000, codec));
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(
                StorageInputFile.of(path), new PlainParquetConfiguration())
            .build()) {
      for (int row = 0; row < table.rows(); row++) {
        GenericRecord found = reader.read();
        for (int i = 0; i < table.columns().size(); i++) {
          Object value = found.get(i);
          Object plain =
              value instanceof CharSequence
                  ? value.toString()
                  : value instanceof Integer day && isDate(table, i) ? (Object) (long) day : value;
          assertEquals(cell(table, i, row), plain, "row " + row);
        }
      }
      assertNull(reader.read());
    }
  }

  @Test
  void theCutOfTheBatchesDoesNotChangeTheBytes() throws Exception {
    ColumnBatch table = SampleTable.random(20_000, 3);
    ParquetLayout layout = ParquetLayout.of(7_000, ParquetCodec.UNCOMPRESSED);
    WrittenFile whole = writeTo(new ByteArrayOutputStream(), layout, List.of(table));
    Random random = new Random(3);
    for (int trial = 0; trial < 5; trial++) {
      List<ColumnBatch> cut = new ArrayList<>();
      for (int from = 0; from < table.rows(); ) {
        int to = Math.min(table.rows(), from + random.nextInt(6_000));
        cut.add(SampleTable.rows(table, from, to));
        from = to;
      }
      assertEquals(whole, writeTo(new ByteArrayOutputStream(), layout, cut));
    }
  }

  /**
   * The hash was taken from one run; it holds in every run, JDK and machine. When it changes, so
   * does every dataset: change the version in {@link FileEncoder#CREATED_BY} too.
   */
  @Test
  void equalRowsGiveEqualBytesInEveryRun() throws Exception {
    WrittenFile file =
        writeTo(
            new ByteArrayOutputStream(),
            new ParquetLayout(700, ParquetCodec.UNCOMPRESSED, Map.of("b", "2", "a", "1")),
            List.of(SampleTable.random(2_000, 4)));
    assertEquals("abea70d14139196f7fbd8eeb9863ebcf1e36aa7f1cc45f9dc2d088d6d5561bc1", file.sha256());
  }

  @Test
  void whatIsReportedIsWhatStandsOnDisk() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ParquetLayout layout = ParquetLayout.of(4_096, ParquetCodec.UNCOMPRESSED);
    WrittenFile file = writeTo(bytes, layout, List.of(SampleTable.random(10_000, 5)));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    assertEquals(
        new WrittenFile(
            10_000,
            List.of(4_096L, 4_096L, 1_808L),
            bytes.size(),
            HexFormat.of().formatHex(digest)),
        file);
  }

  @Test
  void theMetadataStandsInTheFooter() throws Exception {
    Map<String, String> metadata = Map.of("almanac.dataset", "x", "almanac.part", "1");
    String path =
        write(
            SampleTable.random(10, 6), new ParquetLayout(100, ParquetCodec.UNCOMPRESSED, metadata));
    assertEquals(
        "almanac.dataset=x,almanac.part=1",
        one(
            "select string_agg(decode(key) || '=' || decode(value), ',') from parquet_kv_metadata('%s')",
            path));
  }

  @Test
  void statisticsAreTheBoundsAndNullsOfTheirRowGroup() throws Exception {
    String path =
        write(SampleTable.random(5_000, 7), ParquetLayout.of(1_500, ParquetCodec.UNCOMPRESSED));
    for (String column : List.of("feature", "category", "id", "count", "size", "weight", "day")) {
      assertEquals(
          one(
              "select string_agg(a || ' ' || b || ' ' || c, ',' order by g) from (select file_row_number // 1500 as g, min("
                  + column
                  + ") as a, max("
                  + column
                  + ") as b, count(*) - count("
                  + column
                  + ") as c from read_parquet('%s', file_row_number = true) group by g)",
              path),
          one(
              "select string_agg(stats_min_value || ' ' || stats_max_value || ' ' || stats_null_count, ',' order by row_group_id) from parquet_metadata('%s') where path_in_schema = '"
                  + column
                  + "'",
              path),
          column);
    }
  }

  @Test
  void aColumnWithNaNHasNoBounds() throws Exception {
    ColumnBatch table =
        ColumnBatch.of(
            TableSchema.of(
                Field.required("a", ColumnType.FLOAT32), Field.required("b", ColumnType.DOUBLE)),
            new FloatColumn(new float[] {1, Float.NaN, 2}),
            DoubleColumn.of(Double.NaN, 1, 2));
    String path = write(table, ParquetLayout.of(10, ParquetCodec.UNCOMPRESSED));
    assertEquals("0", one("select count(stats_min_value) from parquet_metadata('%s')", path));
  }

  @ParameterizedTest
  @EnumSource
  void aFileOfNoRowsIsAFile(ParquetCodec codec) throws Exception {
    String path = write(SampleTable.random(0, 8), ParquetLayout.of(100, codec));
    assertEquals("0", one("select count(*) from '%s'", path));
    try (ParquetBatchReader reader = ParquetBatchReader.open(path, 10)) {
      assertEquals(0, reader.rows());
      assertNull(reader.read());
    }
  }

  @Test
  void aChunkOfManyPagesIsReadBack() throws Exception {
    ColumnBatch table = SampleTable.random(300_000, 9);
    String path = write(table, ParquetLayout.of(290_000, ParquetCodec.LZ4_RAW));
    try (ParquetBatchReader reader = ParquetBatchReader.open(path, 1_000_000)) {
      assertEquals(SampleTable.rows(table, 0, 290_000), reader.read());
      assertEquals(SampleTable.rows(table, 290_000, 300_000), reader.read());
      assertNull(reader.read());
    }
    assertEquals(
        one("select count(*) || ' ' || count(distinct remark) from '%s'", path),
        "300000 " + ((StringColumn) table.column("remark")).dictionary().size());
  }

  @Test
  void aNullInARequiredColumnIsAnError() throws Exception {
    TableSchema schema = TableSchema.of(Field.required("count", ColumnType.LONG));
    ColumnBatch batch =
        ColumnBatch.of(schema, new LongColumn(new long[] {1, 0}, Validity.of(2, new long[] {1})));
    String path = folder.resolve("bad.parquet").toString();
    try (ParquetBatchWriter writer =
        ParquetBatchWriter.create(path, schema, ParquetLayout.of(10, ParquetCodec.UNCOMPRESSED))) {
      IOException e = assertThrows(IOException.class, () -> writer.write(batch));
      assertEquals(
          "Cannot write column 'count': it is required (row 1 of a batch is null)", e.getMessage());
    }
    assertFalse(Files.exists(Path.of(path)), "what was not finished is no file");
  }

  @Test
  void aBatchOfOtherColumnsIsAnError() throws Exception {
    TableSchema schema = TableSchema.of(Field.required("a", ColumnType.LONG));
    ColumnBatch batch =
        ColumnBatch.of(
            TableSchema.of(Field.required("a", ColumnType.INT32)), new IntColumn(new int[1]));
    try (ParquetBatchWriter writer =
        ParquetBatchWriter.to(
            new ByteArrayOutputStream(), schema, ParquetLayout.of(10, ParquetCodec.UNCOMPRESSED))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> writer.write(batch));
      assertEquals(
          "Cannot write parquet: column 0 is 'a' of long ('a' of int32 given)", e.getMessage());
    }
  }

  @Test
  void anUnknownCodecIsAnErrorThatNamesTheKnownOnes() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ParquetCodec.of("lzma"));
    assertEquals(
        "Cannot write parquet with codec 'lzma': known codecs are uncompressed, lz4_raw, snappy, zstd, gzip",
        e.getMessage());
  }

  private String write(ColumnBatch table, ParquetLayout layout) throws IOException {
    String path = folder.resolve("table.parquet").toString();
    try (ParquetBatchWriter writer = ParquetBatchWriter.create(path, table.schema(), layout)) {
      writer.write(table);
      assertEquals(table.rows(), writer.finish().rows());
    }
    return path;
  }

  private static WrittenFile writeTo(
      ByteArrayOutputStream bytes, ParquetLayout layout, List<ColumnBatch> batches)
      throws IOException {
    try (ParquetBatchWriter writer = ParquetBatchWriter.to(bytes, SampleTable.SCHEMA, layout)) {
      for (ColumnBatch batch : batches) {
        writer.write(batch);
      }
      return writer.finish();
    }
  }

  private static String one(String query, String path) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query.formatted(path))) {
      found.next();
      return found.getString(1);
    }
  }

  private static boolean isDate(ColumnBatch table, int column) {
    return table.schema().field(column).type() == ColumnType.DATE;
  }

  private static Object cell(ColumnBatch table, int position, int row) {
    Column column = table.column(position);
    if (column.isNull(row)) {
      return null;
    } else if (column instanceof LongColumn longs) {
      return longs.values()[row];
    } else if (column instanceof DoubleColumn doubles) {
      return doubles.values()[row];
    } else if (column instanceof FloatColumn floats) {
      return floats.values()[row];
    } else if (column instanceof IntColumn ints) {
      return ints.values()[row];
    }
    return ((StringColumn) column).value(row);
  }

  private static Object fromDuckDb(ResultSet found, ColumnBatch table, int column)
      throws SQLException {
    if (isDate(table, column)) {
      Date date = found.getDate(column + 1);
      return date == null ? null : (Object) date.toLocalDate().toEpochDay();
    }
    return found.getObject(column + 1);
  }
}
