package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.source.FileCount;
import dev.almanac.transforms.staging.RejectPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadSourceTest {
  private static final int ROWS = 3000;

  @TempDir Path folder;

  @Test
  void csvIsReadWithTheTypesThatItsCellsHave() throws IOException {
    write("a.csv", "day,n,x,note\n2020-01-01,1,0.5,a\n2020-01-02,2,,\"b,c\"\n");
    write("b.csv", "note,day,n,x\nd,2020-01-03,3,1e3\n");
    ReadSource read = ReadSource.from(folder + "/*.csv").inferred();
    assertEquals(List.of("day", "n", "x", "note"), read.table().names());
    assertEquals(
        List.of(ColumnType.DATE, ColumnType.LONG, ColumnType.DOUBLE, ColumnType.STRING),
        read.table().fields().stream().map(Field::type).toList());
    checkRows(
        read,
        List.of(
            "[2020-01-01, 1, 0.5, a]", "[2020-01-02, 2, null, b,c]", "[2020-01-03, 3, 1000.0, d]"));
  }

  @Test
  void everyRowKnowsItsFileAndLineHoweverTheFileIsCut() throws IOException {
    StringBuilder csv = new StringBuilder("file,line,note\n");
    long line = 2;
    for (int row = 0; row < 2000; row++) {
      boolean two = row % 3 == 0;
      csv.append("a.csv,").append(line).append(two ? ",\"x\n1,2,\"\"y\"\"\"\n" : ",z\n");
      line += two ? 2 : 1;
    }
    write("a.csv", csv.toString());
    write("b.csv", "file,line,note\nb.csv,2,\n");
    for (long bytes : new long[] {64, 700, 5000, 1 << 20}) {
      ReadSource read = ReadSource.from(folder.toString()).inferred().inRangesOf(bytes);
      Pipeline pipeline = Pipeline.create();
      PCollectionTuple source = pipeline.apply("Read", read);
      PAssert.that(source.get(ReadSource.ROWS))
          .satisfies(
              batches -> {
                long rows = 0;
                for (ColumnBatch batch : batches) {
                  for (int row = 0; row < batch.rows(); row++) {
                    assertEquals(batch.column("file").text(row), batch.origin().part().path());
                    assertEquals(
                        batch.column("line").text(row), String.valueOf(batch.origin().line(row)));
                  }
                  rows += batch.rows();
                }
                assertEquals(2001, rows);
                return null;
              });
      pipeline.run().waitUntilFinish();
    }
  }

  @Test
  void whatCannotBeReadComesOutWithItsPlaceAndTheLedgerAddsUp() throws IOException {
    write("a.csv", "n,x\n1,2\nno,2\n3\n4,5\n");
    write("b.csv", "n,x\n1,2\n");
    ReadSource read =
        ReadSource.from(folder.toString())
            .withSchema(SourceSchema.of(ReadSource.from(folder + "/b.csv").inferred().columns()))
            .allowing(new RejectPolicy(2L, null));
    String a = folder.resolve("a.csv").toString();
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple source = pipeline.apply("Read", read);
    PAssert.that(source.get(ReadSource.REJECTS))
        .satisfies(
            rejects -> {
              TreeMap<Long, String> found = new TreeMap<>();
              for (Reject reject : rejects) {
                assertEquals(a, reject.file());
                found.put(
                    reject.line(),
                    "%s %s %s %s"
                        .formatted(
                            reject.byteOffset(), reject.column(), reject.reason(), reject.text()));
              }
              assertEquals("{3=8 n not-a-number no, 4=13 null ragged-row 3}", found.toString());
              return null;
            });
    PAssert.that(source.get(ReadSource.LEDGER))
        .containsInAnyOrder(
            new FileCount(a, 19, 4, 2), new FileCount(folder.resolve("b.csv").toString(), 8, 1, 0));
    pipeline.run().waitUntilFinish();
    assertEquals(2, new FileCount(a, 19, 4, 2).rows());
  }

  @Test
  void moreRejectsThanAreAllowedFailThePipelineAndShowSome() throws IOException {
    write("a.csv", "n\n1\n2\n");
    ReadSource read = ReadSource.from(folder.toString()).inferred();
    write("b.csv", "n\nno\n");
    String message =
        failure(ReadSource.from(folder.toString()).withSchema(SourceSchema.of(read.columns())));
    assertTrue(
        message.contains(
                "Cannot read the source: no more rows may be unreadable than ReadSource.allowing says (1 row at least, rejects.max-rows: 0)")
            && message.contains("b.csv, line 2 (byte 2), column 'n': not-a-number: no"),
        message);
  }

  @Test
  void parquetIsReadAsItsFilesSayIt() throws IOException {
    parquet("a.parquet", 1);
    parquet("b.parquet", 2);
    ReadSource read = ReadSource.from(folder + "/*.parquet").inferred();
    List<ColumnBatch> written = List.of(Orders.batch(ROWS, 1), Orders.batch(ROWS, 2));
    checkRows(read, Orders.lines(written));
  }

  @Test
  void rowsThatAFooterLosesFailThePipeline() throws IOException {
    parquet("a.parquet", 1);
    ReadSource read = ReadSource.from(folder.toString()).inferred();
    Path damaged = parquet("b.parquet", 2);
    loseRows(damaged, 7);
    String message = failure(again(read));
    assertTrue(
        message.contains(
            "Cannot read %s: its footer is damaged (%s rows, and %s in its row groups)"
                .formatted(damaged, ROWS, ROWS - 7)),
        message);
  }

  @Test
  void aDamagedPageFailsThePipeline() throws IOException {
    ReadSource read = ReadSource.from(parquet("a.parquet", 1).toString()).inferred();
    Path damaged = folder.resolve("a.parquet");
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 3] ^= 0x10;
    Files.write(damaged, bytes);
    String message = failure(again(read));
    assertTrue(message.contains("CRC") || message.contains("checksum"), message);
  }

  @Test
  void aFileWithoutAFooterFailsThePipeline() throws IOException {
    ReadSource read = ReadSource.from(parquet("a.parquet", 1).toString()).inferred();
    byte[] bytes = Files.readAllBytes(parquet("b.parquet", 2));
    Files.write(folder.resolve("b.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
    String message = failure(again(read));
    assertTrue(message.contains("not a Parquet file") || message.contains("b.parquet"), message);
  }

  @Test
  void cellsOfAnotherTypeAreRejectsWithTheirColumn() throws IOException {
    parquet("a.parquet", 1);
    ReadSource read = ReadSource.from(folder.toString()).inferred();
    TableSchema other = Orders.TABLE.with(Field.nullable("amount", ColumnType.STRING));
    ColumnBatch batch = Orders.batch(10, 1);
    try (ParquetBatchWriter writer =
        ParquetBatchWriter.create(folder.resolve("b.parquet").toString(), other, layout())) {
      writer.write(batch.with(other.field("amount"), batch.column("category")));
      writer.finish();
    }
    String message = failure(again(read));
    assertTrue(message.contains("b.parquet") && message.contains("'amount'"), message);
  }

  @Test
  void whatIsWrongIsSaidWhenThePipelineIsBuilt() throws IOException {
    write("a.csv", "n\n1\n");
    parquet("b.parquet", 1);
    Exception none =
        assertThrows(
            IllegalArgumentException.class, () -> ReadSource.from(folder + "/*.txt", "x/y.csv"));
    assertEquals(
        "Cannot read %s/*.txt: no file matches%nCannot read x/y.csv: no file matches"
            .formatted(folder)
            .replace(System.lineSeparator(), "\n"),
        none.getMessage());
    Exception noSchema =
        assertThrows(
            IllegalArgumentException.class, () -> ReadSource.from(folder + "/a.csv").columns());
    assertTrue(noSchema.getMessage().contains("call withSchema"), noSchema.getMessage());
    Exception both =
        assertThrows(
            IllegalArgumentException.class, () -> ReadSource.from(folder.toString()).inferred());
    assertEquals(
        "Cannot read the source: its files must be of one format (1 are CSV: %s; 1 are parquet: %s)"
            .formatted(folder.resolve("a.csv"), folder.resolve("b.parquet")),
        both.getMessage());
  }

  @Test
  void rowsComeAsTheFormatSaysThem() throws IOException {
    write("a.csv", "n;x\n1;2,5\n");
    checkRows(
        ReadSource.from(folder.toString())
            .withFormat(CsvFormat.standard().withDelimiter(';').withNumbers(',', null))
            .inferred(),
        List.of("[1, 2.5]"));
  }

  /** The same question, of the files that are there now. */
  private ReadSource again(ReadSource read) {
    return ReadSource.from(folder.toString()).withSchema(SourceSchema.of(read.columns()));
  }

  private static void checkRows(ReadSource read, List<String> expected) {
    Pipeline pipeline = Pipeline.create();
    PAssert.that(pipeline.apply("Read", read).get(ReadSource.ROWS))
        .satisfies(
            batches -> {
              List<ColumnBatch> all = new ArrayList<>();
              batches.forEach(all::add);
              assertEquals(expected, Orders.lines(all));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static String failure(ReadSource read) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply("Read", read);
    Exception failed = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    StringBuilder message = new StringBuilder();
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      message.append(cause).append('\n');
    }
    return message.toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static ParquetLayout layout() {
    return ParquetLayout.of(1000, ParquetCodec.UNCOMPRESSED);
  }

  private Path parquet(String name, long seed) throws IOException {
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
