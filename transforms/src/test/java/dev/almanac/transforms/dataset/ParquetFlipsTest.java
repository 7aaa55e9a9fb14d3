package dev.almanac.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage to parquet sources: single bits, cuts and additions.
 *
 * <p>What a reader can find is bounded by what parquet guards. With page checksums, no flip inside
 * a page's bytes passes. Page headers and the footer have no checksum: a flip there is refused
 * where sizes, counts, types or encodings contradict each other, and has been seen to pass where it
 * changes a number's meaning alone, such as a date's unit. The content hash of the file, which the
 * ledger holds, finds all: it differs after any flip.
 */
class ParquetFlipsTest {
  private static final int ROWS = 400;

  /** Of each of eight files: two versions of pages, two codecs, with and without checksums. */
  private static final int FLIPS = 80;

  private static final List<SourceColumn> WANTED =
      List.of(
          new SourceColumn("id", ColumnType.LONG, null, false),
          new SourceColumn("x", ColumnType.DOUBLE, null, true),
          new SourceColumn("station", ColumnType.STRING, null, true),
          new SourceColumn("day", ColumnType.DATE, DateForm.ISO, true));

  @TempDir Path folder;

  private Path file(
      WriterVersion version, CompressionCodecName codec, boolean dictionary, boolean checksums)
      throws IOException {
    Path file = folder.resolve("%s-%s-%s.parquet".formatted(version, codec, checksums));
    ForeignParquet.write(
        file,
        "message m { required int64 id; optional double x; optional binary station (STRING); required int32 day (DATE); }",
        ROWS,
        (row, i) -> {
          row.add("id", i * 1_000_003L);
          if (i % 5 != 0) {
            row.add("x", i / 8.0);
          }
          if (i % 11 != 0) {
            row.add("station", "S" + i % 17);
          }
          row.add("day", 17_000 + i / 3);
        },
        settings ->
            settings
                .withWriterVersion(version)
                .withCompressionCodec(codec)
                .withDictionaryEncoding(dictionary)
                .withPageSize(600)
                .withRowGroupSize(4_000L)
                .withPageWriteChecksumEnabled(checksums));
    return file;
  }

  /** What came of damage. */
  private static final class Tally {
    private int refused;
    private int harmless;
    private final List<Integer> passed = new ArrayList<>();
  }

  private Tally flips(Path file, int count, long seed) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    ForeignParquet.Read right = ForeignParquet.read(file.toString(), WANTED);
    assertEquals(ROWS, right.rows().size());
    Random random = new Random(seed);
    Tally tally = new Tally();
    for (int i = 0; i < count; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      look(file, right, at, tally);
    }
    Files.write(file, whole);
    return tally;
  }

  private static void look(Path file, ForeignParquet.Read right, int at, Tally tally)
      throws IOException {
    try {
      ForeignParquet.Read read = ForeignParquet.read(file.toString(), WANTED);
      assertNotEquals(right.hash(), read.hash());
      if (read.rows().equals(right.rows()) && read.rejects().isEmpty()) {
        tally.harmless++;
      } else if (!read.rejects().isEmpty()) {
        tally.refused++;
      } else {
        assertEquals(right.rows().size(), read.rows().size(), () -> "byte " + at);
        tally.passed.add(at);
      }
    } catch (ForeseenException e) {
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
      tally.refused++;
    }
  }

  private List<Tally> flips(boolean checksums) throws IOException {
    List<Tally> tallies = new ArrayList<>();
    for (WriterVersion version : WriterVersion.values()) {
      for (CompressionCodecName codec :
          List.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY)) {
        boolean dictionary = codec == CompressionCodecName.SNAPPY;
        tallies.add(flips(file(version, codec, dictionary, checksums), FLIPS, 7));
      }
    }
    return tallies;
  }

  @Test
  void withPageChecksumsNoFlipPasses() throws IOException {
    for (Tally tally : flips(true)) {
      assertEquals(List.of(), tally.passed);
      assertTrue(tally.refused > FLIPS / 2, () -> "refused " + tally.refused);
    }
  }

  @Test
  void withoutChecksumsAFlipChangesCellsAtMostAndNeverHowManyRowsThereAre() throws IOException {
    for (Tally tally : flips(false)) {
      assertEquals(FLIPS, tally.refused + tally.harmless + tally.passed.size());
      assertTrue(tally.refused > 0 && !tally.passed.isEmpty());
    }
  }

  @Test
  void aFileThatWasCutOrEmptiedIsRefused() throws IOException {
    Path file = file(WriterVersion.PARQUET_1_0, CompressionCodecName.UNCOMPRESSED, true, false);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(3);
    for (int i = 0; i < 30; i++) {
      Files.write(file, Arrays.copyOf(whole, 4 + random.nextInt(whole.length - 4)));
      Tally tally = new Tally();
      look(file, new ForeignParquet.Read(List.of(), List.of(), ""), 0, tally);
      assertEquals(1, tally.refused);
    }
  }
}
