package dev.almanac.testdata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StationFilesTest {

  private static final StationFilesSpec SMALL = StationFilesSpec.ofRows(12_000).withStations(12);

  @TempDir Path temporary;

  @Test
  void equalSpecsGiveEqualBytes() throws IOException {
    assertSame(write("a", SMALL), write("b", SMALL));
  }

  @Test
  void theExampleOfTheDocsWritesItsStations() throws IOException {
    Path folder = temporary;
    // docs: begin
    new StationFiles(StationFilesSpec.ofRows(100_000).withStations(24).withSeed(7)).write(folder);
    // docs: end
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(24, files.count());
    }
  }

  @Test
  void anotherSeedGivesOtherStationsAndOtherBytes() throws IOException {
    Map<String, byte[]> one = write("a", SMALL);
    Map<String, byte[]> other = write("b", SMALL.withSeed(2));
    Set<String> shared = new HashSet<>(one.keySet());
    shared.retainAll(other.keySet());
    assertEquals(Set.of(), shared);
  }

  @Test
  void aStationDoesNotDependOnHowManyThereAre() throws IOException {
    Map<String, byte[]> few = write("a", StationFilesSpec.ofRows(5 * 900).withStations(5));
    Map<String, byte[]> many = write("b", StationFilesSpec.ofRows(30 * 900).withStations(30));
    assertEquals(30, many.size());
    few.forEach((name, bytes) -> assertArrayEquals(bytes, many.get(name), name));
  }

  @Test
  void aStationOfAnotherSizeIsTheSameStationWithTheSameColumns() throws IOException {
    Map<String, byte[]> small = write("a", SMALL);
    Map<String, byte[]> large = write("b", SMALL.withSize(new Size.Rows(100_000)));
    assertEquals(small.keySet(), large.keySet());
    small.forEach(
        (name, bytes) ->
            assertEquals(
                StationTable.of(bytes).header(), StationTable.of(large.get(name)).header()));
  }

  @Test
  void gzipDecompressesToThePlainFile() throws IOException {
    Map<String, byte[]> plain = write("a", SMALL);
    Map<String, byte[]> compressed = write("b", SMALL.withCompression(Compression.GZIP));
    assertEquals(plain.size(), compressed.size());
    for (Map.Entry<String, byte[]> file : plain.entrySet()) {
      byte[] bytes = compressed.get(file.getKey() + ".gz");
      assertArrayEquals(file.getValue(), decompress(bytes));
      assertArrayEquals(
          new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, -1}, Arrays.copyOf(bytes, 10));
    }
  }

  @Test
  void mixedCompressionLeavesEveryFourthPlain() throws IOException {
    Set<String> names = write("a", SMALL.withCompression(Compression.MIXED)).keySet();
    assertEquals(3, names.stream().filter(name -> name.endsWith(".csv")).count());
    assertEquals(9, names.stream().filter(name -> name.endsWith(".csv.gz")).count());
  }

  @Test
  void rowsAreExactAndSharedEvenly() throws IOException {
    StationFiles.Written written =
        new StationFiles(SMALL.withSize(new Size.Rows(12_005))).write(temporary);
    assertEquals(12_005, written.rows());
    long lines = 0;
    for (int i = 0; i < 12; i++) {
      int rows = StationTable.of(Files.readAllBytes(written.files().get(i))).rows().size();
      assertEquals(i < 5 ? 1_001 : 1_000, rows);
      lines += rows;
    }
    assertEquals(12_005, lines);
  }

  @ParameterizedTest
  @ValueSource(longs = {200_000, 5_000_000, 40_000_000})
  void bytesAreWithinThreePercent(long wanted) throws IOException {
    StationFiles.Written written =
        new StationFiles(StationFilesSpec.ofBytes(wanted)).write(temporary);
    long bytes = 0;
    for (Path file : written.files()) {
      bytes += Files.size(file);
    }
    assertEquals(bytes, written.bytes());
    assertEquals(1, (double) bytes / wanted, 0.03);
  }

  @Test
  void bytesAreWithinThreePercentForGivenStations() throws IOException {
    StationFilesSpec spec = StationFilesSpec.ofBytes(9_000_000).withStations(24);
    StationFiles.Written written = new StationFiles(spec).write(temporary);
    assertEquals(24, written.files().size());
    assertEquals(9_000_000, written.bytes(), 270_000);
  }

  @Test
  void thereIsNeverAStationForARest() {
    int full = 12_399;
    assertEquals(1, new StationFiles(StationFilesSpec.ofRows(full)).stations());
    StationFiles two = new StationFiles(StationFilesSpec.ofRows(full + 1));
    assertEquals(2, two.stations());
    assertEquals(full + 1, two.rows());
  }

  @Test
  void withoutASizeStationsHaveNearlyEveryDay() {
    StationFiles files =
        new StationFiles(StationFilesSpec.of(new Size.WholePeriod()).withStations(3));
    assertEquals(3, files.stations());
    assertEquals(0.97, files.rows() / 3.0 / 12_783, 0.001);
  }

  @Test
  void stationsAreUnique() {
    Set<String> ids = new HashSet<>();
    for (int index = 0; index < 5_000; index++) {
      ids.add(StationProfile.of(-77, index).id().substring(5));
    }
    assertEquals(5_000, ids.size());
  }

  @Test
  void aFolderWithCsvFilesIsRefused() throws IOException {
    new StationFiles(SMALL).write(temporary);
    String message =
        assertThrows(IllegalArgumentException.class, () -> new StationFiles(SMALL).write(temporary))
            .getMessage();
    assertTrue(message.contains("the folder must hold no CSV file yet (it holds 12)"), message);
  }

  @Test
  void nothingUnfinishedIsLeftBehind() throws IOException {
    new StationFiles(SMALL).write(temporary);
    try (Stream<Path> files = Files.list(temporary)) {
      assertFalse(files.anyMatch(file -> file.toString().endsWith(".part")));
    }
  }

  @Test
  void progressCountsEveryStation() throws IOException {
    int[] last = new int[2];
    new StationFiles(SMALL)
        .write(
            temporary,
            (stations, ofStations, bytes) -> {
              assertEquals(last[0] + 1, stations);
              last[0] = stations;
              last[1] = ofStations;
            });
    assertArrayEquals(new int[] {12, 12}, last);
  }

  @Test
  void moreRowsThanDaysAreRefused() {
    StationFilesSpec spec = StationFilesSpec.ofRows(30_000).withStations(2);
    String message =
        assertThrows(IllegalArgumentException.class, () -> new StationFiles(spec)).getMessage();
    assertTrue(message.contains("a station has at most a row a day, 12783"), message);
  }

  @Test
  void tooFewBytesAreRefused() {
    StationFilesSpec spec = StationFilesSpec.ofBytes(100).withStations(4);
    String message =
        assertThrows(IllegalArgumentException.class, () -> new StationFiles(spec)).getMessage();
    assertTrue(
        message.contains("bytes must be enough for a header and a row of each of 4 stations"),
        message);
  }

  private Map<String, byte[]> write(String folder, StationFilesSpec spec) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Path file : new StationFiles(spec).write(temporary.resolve(folder)).files()) {
      files.put(file.getFileName().toString(), Files.readAllBytes(file));
    }
    return files;
  }

  private static void assertSame(Map<String, byte[]> one, Map<String, byte[]> other) {
    assertNotEquals(0, one.size());
    assertEquals(one.keySet(), other.keySet());
    one.forEach((name, bytes) -> assertArrayEquals(bytes, other.get(name), name));
  }

  private static byte[] decompress(byte[] bytes) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
  }
}
