package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.ParquetTypes;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.values.PCollection;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadParquetTest {
  private static final int ROWS = 3000;

  @TempDir Path folder;

  @Test
  void batchesHoldEveryRowOfEveryFile() throws IOException {
    write("a.parquet", 1);
    write("b.parquet", 2);
    List<String> expected = Orders.lines(List.of(Orders.batch(ROWS, 1), Orders.batch(ROWS, 2)));
    Pipeline pipeline = Pipeline.create();
    ReadParquet read = ReadParquet.from(glob());
    assertEquals(Orders.TABLE, read.table());
    PAssert.that(pipeline.apply("Read", read))
        .satisfies(
            batches -> {
              assertEquals(expected, Orders.lines(batches));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void everyTypeIsReadAsOurOwnReaderReadsIt() throws IOException, SQLException {
    String path = folder.resolve("types.parquet").toString();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      duckDb
          .createStatement()
          .execute(
              """
              COPY (SELECT CAST(i %% 100 AS TINYINT) AS small, CAST(i AS INTEGER) AS medium,
                           i AS large, i %% 2 = 0 AS flag, CAST(i / 8 AS FLOAT) AS narrow,
                           i / 7 AS wide, CAST(i / 100 AS DECIMAL(9, 2)) AS money,
                           CAST(i / 1000 AS DECIMAL(18, 4)) AS more,
                           CAST(DATE '1960-01-01' + CAST(i AS INTEGER) AS DATE) AS day,
                           CASE WHEN i %% 3 = 0 THEN NULL ELSE 'text ' || i END AS words
                    FROM range(5000) AS t(i)) TO '%s' (FORMAT parquet)"""
                  .formatted(path));
    }
    List<ColumnBatch> strict = new ArrayList<>();
    try (ParquetBatchReader reader =
        ParquetBatchReader.open(path, 1000, null, ParquetTypes.WIDENED)) {
      for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
        strict.add(batch);
      }
    }
    TableSchema table = strict.get(0).schema();
    assertEquals(
        List.of(
            "long", "long", "long", "long", "double", "double", "double", "double", "date",
            "string"),
        table.fields().stream().map(field -> field.type().text()).toList());
    List<String> expected = Orders.lines(strict);
    Pipeline pipeline = Pipeline.create();
    PAssert.that(pipeline.apply("Read", ReadParquet.from(path)))
        .satisfies(
            batches -> {
              assertEquals(expected, Orders.lines(batches));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void rowsThatParquetIoPassesOverInSilenceFailThePipeline() throws IOException {
    write("a.parquet", 1);
    Path damaged = write("b.parquet", 2);
    loseRows(damaged, 7);

    Pipeline silent = Pipeline.create();
    PCollection<Integer> records =
        silent.apply(
            "Read",
            ParquetIO.parseGenericRecords(ReadParquetTest::one)
                .from(glob())
                .withCoder(VarIntCoder.of()));
    PAssert.thatSingleton(records.apply("Count", Count.globally()))
        .satisfies(
            count -> {
              assertEquals(2L * ROWS - 7, count);
              return null;
            });
    silent.run().waitUntilFinish();

    String message = failure();
    assertTrue(
        message.contains(
            "Cannot read %s: its footer is damaged (%d rows, and %d in its row groups)"
                .formatted(damaged, ROWS, ROWS - 7)),
        message);
  }

  @Test
  void aDamagedPageFailsThePipeline() throws IOException {
    Path damaged = write("a.parquet", 1);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 3] ^= 0x10;
    Files.write(damaged, bytes);
    String message = failure();
    assertTrue(message.contains("CRC") || message.contains("checksum"), message);
  }

  @Test
  void aFileWithoutAFooterFailsThePipeline() throws IOException {
    write("a.parquet", 1);
    byte[] bytes = Files.readAllBytes(write("b.parquet", 2));
    Files.write(folder.resolve("b.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
    String message = failure();
    assertTrue(
        message.contains("not a Parquet file") || message.contains("no parquet file"), message);
  }

  @Test
  void aFileWithOtherColumnsFailsThePipelineNamingTheColumn() throws IOException {
    write("a.parquet", 1);
    TableSchema other = Orders.TABLE.with(Field.nullable("amount", ColumnType.STRING));
    ColumnBatch batch = Orders.batch(10, 1);
    Path path = folder.resolve("b.parquet");
    try (ParquetBatchWriter writer = ParquetBatchWriter.create(path.toString(), other, layout())) {
      writer.write(batch.with(other.field("amount"), batch.column("category")));
      writer.finish();
    }
    String message = failure();
    assertTrue(message.contains("column 'amount' must be double as in the first file"), message);
  }

  @Test
  void aGlobWithoutFilesIsRefusedWhenThePipelineIsBuilt() {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> ReadParquet.from(glob()));
    assertEquals("Cannot read %s: no file matches".formatted(glob()), refused.getMessage());
  }

  private static int one(GenericRecord record) {
    return 1;
  }

  private String failure() {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply("Read", ReadParquet.from(glob()));
    Exception failed = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    StringBuilder message = new StringBuilder();
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      message.append(cause).append('\n');
    }
    return message.toString();
  }

  private String glob() {
    return folder + "/*.parquet";
  }

  private static ParquetLayout layout() {
    return ParquetLayout.of(1000, ParquetCodec.UNCOMPRESSED);
  }

  private Path write(String name, long seed) throws IOException {
    Path path = folder.resolve(name);
    try (ParquetBatchWriter writer =
        ParquetBatchWriter.create(path.toString(), Orders.TABLE, layout())) {
      writer.write(Orders.batch(ROWS, seed));
      writer.finish();
    }
    return path;
  }

  /** Lets the last row group say that it has fewer rows; its pages and the file's count stay. */
  private static void loseRows(Path file, int lost) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    int start = bytes.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, start, length));
    var group = footer.getRow_groups().get(footer.getRow_groupsSize() - 1);
    group.setNum_rows(group.getNum_rows() - lost);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, start);
    Util.writeFileMetaData(footer, changed);
    int written = changed.size() - start;
    changed.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(written).array());
    changed.write(bytes, bytes.length - 4, 4);
    Files.write(file, changed.toByteArray());
  }
}
