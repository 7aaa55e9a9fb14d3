package dev.almanac.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.staging.ChunkStager;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.ChunkTask;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeChainTest {
  @TempDir Path source;
  @TempDir Path output;

  @ParameterizedTest
  @ValueSource(ints = {150, 999, 5000, 20_000})
  void aFileReadInRangesGivesTheDatasetOfOneReadWhole(int range) throws IOException {
    Preparation.write(source.resolve("a.csv"), 1, 1500);
    Preparation.write(source.resolve("b.csv"), 2, 10);
    Dataset whole = new Preparation(output, false).prepare(source, "20200101T000000Z");
    Dataset cut =
        new Preparation(output, false).inRangesOf(range).prepare(source, "20200102T000000Z");
    assertEquals(whole.manifest().parquet().splits(), cut.manifest().parquet().splits());
    assertEquals(whole.manifest().hashes().transform(), cut.manifest().hashes().transform());
    assertEquals(whole.manifest().totals(), cut.manifest().totals());
    assertEquals(1510, cut.manifest().totals().read());
    SourceLedger first = cut.manifest().source().files().get(0);
    assertEquals(Files.size(source.resolve("a.csv")), first.bytes());
    assertTrue(first.rows().balances());
  }

  @Test
  void rangesThatBeganInsideAQuotedCellAreReadAgain() throws IOException {
    Preparation.write(source.resolve("a.csv"), 1, 1500);
    Preparation ranges = new Preparation(output, false).inRangesOf(997);
    DatasetJob job = ranges.job(source, "20200101T000000Z");
    int misled = 0;
    long end = 0;
    for (ChunkTask chunk : ranges.chunks(source)) {
      ChunkSummary summary = new ChunkStager(job).stage(chunk);
      SourceRows.Extent extent = summary.ranges().get(0).extent();
      misled += extent.start() == end || end == 0 ? 0 : 1;
      end = extent.end();
    }
    assertTrue(misled > 5, "some boundary must lie inside a cell (%d)".formatted(misled));
  }

  @Test
  void rejectsOfRangesHaveTheLinesOfTheFile() throws IOException {
    Path file = source.resolve("a.csv");
    Preparation.write(file, 1, 1500);
    String csv = Files.readString(file);
    Files.writeString(file, csv.replace("plain3,", "plain3,x").replace("2001-", "20o1-"));
    Dataset whole =
        new Preparation(output, true).allowing(2000).prepare(source, "20200101T000000Z");
    Dataset cut =
        new Preparation(output, true)
            .allowing(2000)
            .inRangesOf(1200)
            .prepare(source, "20200102T000000Z");
    assertTrue(whole.manifest().totals().rejected() > 200);
    assertEquals(whole.manifest().totals(), cut.manifest().totals());
    assertEquals(
        whole.manifest().source().rejects().reasons(), cut.manifest().source().rejects().reasons());
    assertEquals(rejects(whole), rejects(cut));
  }

  @Test
  void theHashOfAFileIsThatOfItsBytesOrOfItsRanges() throws IOException {
    Path file = source.resolve("a.csv");
    Preparation.write(file, 1, 100);
    byte[] bytes = Files.readAllBytes(file);
    Dataset whole = new Preparation(output, false).prepare(source, "20200101T000000Z");
    assertEquals(sha256(List.of(bytes)), whole.manifest().source().files().get(0).hash());

    int range = bytes.length / 2 - 10;
    Dataset cut =
        new Preparation(output, false).inRangesOf(range).prepare(source, "20200102T000000Z");
    assertEquals(
        sha256(
            List.of(
                HexFormat.of().parseHex(sha256(List.of(Arrays.copyOf(bytes, range)))),
                HexFormat.of()
                    .parseHex(sha256(List.of(Arrays.copyOfRange(bytes, range, 2 * range)))),
                HexFormat.of()
                    .parseHex(
                        sha256(List.of(Arrays.copyOfRange(bytes, 2 * range, bytes.length)))))),
        cut.manifest().source().files().get(0).hash());
  }

  private static String sha256(List<byte[]> parts) {
    MessageDigest digest = Json.digest();
    parts.forEach(digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<String> rejects(Dataset dataset) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : dataset.manifest().source().rejects().files()) {
      all.append(
          new String(
              Storage.read(Storage.resolve(dataset.folder(), file)), StandardCharsets.UTF_8));
    }
    return all.toString().lines().toList();
  }
}
