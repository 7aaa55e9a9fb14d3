package dev.almanac.training.data.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.data.DatasetFixture;
import dev.almanac.training.data.Epoch;
import dev.almanac.training.data.TrainingReader;
import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellReaderTest {
  private static final List<String> ENCODED = DatasetFixture.SCHEMA.names().subList(0, 6);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void cellsAreThoseOfTheColumns(ParquetCodec codec) throws IOException {
    assertReadsBack(DatasetFixture.write(folder, codec, 20_000, 45_000, 300));
  }

  @Test
  void aChunkOfSeveralPagesIsReadBack() throws IOException {
    assertReadsBack(DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 300_000, 300_000));
  }

  /** Pages of some hundred rows, which end anywhere in a block. */
  @Test
  void smallPlainPagesOfAnotherWriterAreReadBack() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message rows { required float rain; required float snow; required float height; required int32 station; required int32 kind; required float number; }");
    int rows = 30_000;
    ColumnBatch all = DatasetFixture.rows(0, rows);
    Path file = folder.resolve("small-pages.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withDictionaryEncoding(false)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withPageWriteChecksumEnabled(true)
            .withPageSize(2_500)
            .withPageRowCountLimit(777)
            .build()) {
      for (int row = 0; row < rows; row++) {
        Group group = new SimpleGroup(schema);
        for (int column = 0; column < ENCODED.size(); column++) {
          if (all.column(column) instanceof FloatColumn floats) {
            group.add(column, floats.values()[row]);
          } else {
            group.add(column, ((IntColumn) all.column(column)).values()[row]);
          }
        }
        writer.write(group);
      }
    }
    Dataset dataset =
        DatasetFixture.over(folder, "small-pages.parquet", rows, List.of((long) rows));
    RowGroupCatalog catalog = RowGroupCatalog.open(dataset, Split.TRAIN);
    assertTrue(catalog.isPlain(catalog.rowGroups().get(0)), "on the fast path");
    assertReadsBack(dataset);
  }

  @Test
  void aValueThatCannotBeIsReportedWithItsRow() throws IOException {
    float[] snow = new float[60_000];
    snow[20_000 + 17_217] = Float.NaN;
    int[] kind = new int[60_000];
    kind[40_000 + 9_001] = 50;
    ColumnBatch rows = DatasetFixture.rows(0, 60_000);
    for (ParquetCodec codec : List.of(ParquetCodec.UNCOMPRESSED, ParquetCodec.LZ4_RAW)) {
      assertFails(
          rows.with(DatasetFixture.SCHEMA.field("snow"), new FloatColumn(snow)),
          codec,
          "row group 1, column 'snow': row 17217: a feature or label is finite (NaN)");
      assertFails(
          rows.with(DatasetFixture.SCHEMA.field("kind"), new IntColumn(kind)),
          codec,
          "row group 2, column 'kind': row 9001: a category index is from 0 to 49 (50)");
    }
  }

  private void assertFails(ColumnBatch rows, ParquetCodec codec, String message)
      throws IOException {
    Dataset dataset = DatasetFixture.write(folder, codec, 20_000, List.of(rows));
    ReaderConfig config = ReaderConfig.of(64, 7, 3, 2);
    try (TrainingReader reader = TrainingReader.open(dataset, Split.TRAIN, config)) {
      Epoch epoch = reader.epoch(0);
      IOException e = assertThrows(IOException.class, epoch::next);
      assertEquals("Cannot read %s: %s".formatted(file(dataset), message), e.getMessage());
    }
  }

  @Test
  void aDamagedByteIsNeverReadAsARow() throws IOException {
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 1_000, 3_000);
    Path file = file(dataset);
    byte[] whole = Files.readAllBytes(file);
    int reported = 0;
    for (long at = 4; at < whole.length * 2 / 3; at += 397) {
      DatasetFixture.damage(file, at);
      try {
        assertReadsBack(dataset);
      } catch (IOException e) {
        reported++;
        assertTrue(e.getMessage().startsWith("Cannot read " + file + ": "), e.getMessage());
      }
      Files.write(file, whole);
    }
    assertTrue(reported > 80, "reported " + reported);
  }

  /** A damaged exponent looks like an infinity: the damage is what is told. */
  @Test
  void damageIsToldBeforeWhatItMakesOfAValue() throws IOException {
    float[] snow = new float[3_000];
    Arrays.fill(snow, Float.intBitsToFloat(0x3F800000));
    ColumnBatch rows =
        DatasetFixture.rows(0, 3_000)
            .with(DatasetFixture.SCHEMA.field("snow"), new FloatColumn(snow));
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 1_000, List.of(rows));
    // 0x3F becomes 0x7F: 2^128, which is no number.
    DatasetFixture.damage(file(dataset), 5_000 / 4 * 4 + offsetOfHighByte(dataset));
    IOException e = assertThrows(IOException.class, () -> assertReadsBack(dataset));
    assertEquals(
        "Cannot read %s: row group 0, column 'snow': the checksum of a page does not fit; the file is damaged"
            .formatted(file(dataset)),
        e.getMessage());
  }

  /** Where within four bytes of the second chunk the highest byte of a value lies. */
  private static int offsetOfHighByte(Dataset dataset) throws IOException {
    byte[] bytes = Files.readAllBytes(file(dataset));
    for (int i = 0; i < 4; i++) {
      if (bytes[5_000 + i] == 0x3F) {
        return i;
      }
    }
    throw new AssertionError("no value there");
  }

  @Test
  void aFileThatIsCutShortWhileItIsReadIsAnErrorAndNoCrash() throws IOException {
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 100_000, 200_000);
    RowGroupCatalog catalog = RowGroupCatalog.open(dataset, Split.TRAIN);
    try (CellReader reader = CellReader.open(catalog)) {
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  reader.read(
                      catalog.rowGroups().get(1),
                      (cells, stride, rows) -> {
                        try (FileChannel channel =
                            FileChannel.open(file(dataset), StandardOpenOption.WRITE)) {
                          channel.truncate(4);
                        } catch (IOException failed) {
                          throw new UncheckedIOException(failed);
                        }
                      }));
      assertTrue(
          e.getMessage().startsWith("Cannot read %s: row group 1".formatted(file(dataset))),
          e.getMessage());
    }
  }

  private static void assertReadsBack(Dataset dataset) throws IOException {
    RowGroupCatalog catalog = RowGroupCatalog.open(dataset, Split.TRAIN);
    ColumnBatch all = DatasetFixture.rows(0, (int) catalog.rows()).select(ENCODED);
    int[] from = {0};
    try (CellReader reader = CellReader.open(catalog)) {
      for (RowGroup group : catalog.rowGroups()) {
        int end = from[0] + group.rows();
        reader.read(
            group,
            (cells, stride, rows) -> {
              for (int column = 0; column < ENCODED.size(); column++) {
                assertArrayEquals(
                    bits(all, column, from[0], rows),
                    Arrays.copyOfRange(cells, column * stride, column * stride + rows));
              }
              from[0] += rows;
            });
        assertEquals(end, from[0]);
      }
    }
  }

  private static int[] bits(ColumnBatch batch, int column, int from, int rows) {
    int[] bits = new int[rows];
    for (int row = 0; row < rows; row++) {
      bits[row] =
          batch.column(column) instanceof FloatColumn floats
              ? Float.floatToRawIntBits(floats.values()[from + row])
              : ((IntColumn) batch.column(column)).values()[from + row];
    }
    return bits;
  }

  private static Path file(Dataset dataset) {
    return Path.of(dataset.path(dataset.manifest().files(Split.TRAIN).get(0)));
  }
}
