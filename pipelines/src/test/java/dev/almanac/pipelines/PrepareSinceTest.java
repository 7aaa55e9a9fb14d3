package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.manifest.DatasetManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code prepare --since}: the bytes of a full run, without reading what did not change. */
class PrepareSinceTest {
  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    for (int file = 0; file < 4; file++) {
      write(file, file);
    }
    config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        name: small
        source: {files: ["data-*.csv"]}
        columns: {label: y, numeric: [x], nominal: [kind], keep: [day]}
        split:
          column: day
          train: {until: 2020-09-01}
          validation: {from: 2020-09-01, until: 2020-11-01}
          test: {from: 2020-11-01}
        output: {dataset: datasets, row-group-rows: 64, files: 2}
        """);
  }

  private void write(int file, int seed) throws IOException {
    List<String> lines = new ArrayList<>(List.of("day,kind,x,y"));
    LocalDate day = LocalDate.of(2020, 1, 1);
    for (int i = 0; i < 400; i++) {
      lines.add("%s,k%d,%d,%.2f".formatted(day.plusDays(i), i % 3 + seed, i % 17, 0.5 * i + seed));
    }
    Path path = folder.resolve("data-%d.csv".formatted(file));
    Files.write(path, lines);
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_700_000_000_000L + seed));
  }

  @Test
  void aChangedSourceGivesTheBytesOfAFullRun() throws IOException {
    String first = run("prepare").dataset().folder();
    write(1, 11);
    write(7, 7);
    Files.delete(folder.resolve("data-2.csv"));
    DatasetManifest full = run("prepare").dataset().manifest();
    Call since = run("prepare", "--since", first);
    assertEquals(full.hash(), since.dataset().manifest().hash());
    assertNotEquals(full.hash(), DatasetManifest.read(first).hash());
    assertTrue(since.err().contains("inferring the schema of 4 files, reading 2"), since.err());
    assertTrue(since.err().contains("reusing 2 of 4 files and ranges of files from"), since.err());
  }

  @Test
  void nothingIsParsedWhenNoContentChanged() throws IOException {
    String first = run("prepare").dataset().folder();
    for (int file = 0; file < 4; file++) {
      Files.setLastModifiedTime(
          folder.resolve("data-%d.csv".formatted(file)), FileTime.fromMillis(1_800_000_000_000L));
    }
    String name = Path.of(first).getFileName().toString();
    Call second = run("prepare", "--since", name);
    assertSame(DatasetManifest.read(first), second.dataset().manifest());
    assertTrue(second.err().contains("reusing 4 of 4 files"), second.err());
    assertFalse(second.err().contains("inferring"), second.err());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileChangedInPlaceWithItsSizeAndAgeIsReadAnew(boolean gzip) throws IOException {
    Path changed = folder.resolve("data-1.csv");
    String text = Files.readString(changed);
    write(changed, text, gzip);
    String first = run("prepare").dataset().folder();
    FileTime time = Files.getLastModifiedTime(changed);
    long size = Files.size(changed);
    assertTrue(text.contains("k1,3,2.50"));
    write(changed, text.replace("k1,3,2.50", "k1,3,9.50"), gzip);
    Files.setLastModifiedTime(changed, time);
    assertEquals(size, Files.size(changed));
    Call since = run("prepare", "--since", first);
    DatasetManifest full = run("prepare").dataset().manifest();
    assertNotEquals(DatasetManifest.read(first).hash(), full.hash());
    assertSame(full, since.dataset().manifest());
    assertTrue(since.err().contains("reusing 3 of 4 files"), since.err());
    assertTrue(since.err().contains("inferring the schema of 4 files, reading 1"), since.err());
  }

  private static void assertSame(DatasetManifest expected, DatasetManifest found) {
    assertEquals(expected.hash(), found.hash());
    assertEquals(expected.sideFiles(), found.sideFiles());
  }

  /** Compressed without making it smaller: a changed digit changes no length. */
  private static void write(Path file, String text, boolean gzip) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream out =
        gzip
            ? new GZIPOutputStream(bytes) {
              {
                def.setLevel(Deflater.NO_COMPRESSION);
              }
            }
            : bytes;
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.close();
    Files.write(file, bytes.toByteArray());
  }

  @Test
  void aDatasetOfAnotherConfigIsRefused() throws IOException {
    String first = run("prepare").dataset().folder();
    Call other = run("prepare", "--since", first, "--set", "columns.keep=[day, kind]");
    assertEquals(2, other.status());
    assertTrue(other.err().contains("Cannot reuse dataset " + first), other.err());
    assertTrue(other.err().contains("prepare without --since"), other.err());
  }

  @Test
  void aDatasetThatKeptNothingOrIsNoneIsRefused() throws IOException {
    String bare = run("prepare", "--set", "output.keep-source=false").dataset().folder();
    Call refused = run("prepare", "--since", bare);
    assertEquals(2, refused.status());
    assertTrue(refused.err().contains("output.keep-source: true"), refused.err());

    Call none = run("prepare", "--since", folder + "/absent");
    assertEquals(2, none.status());
    assertTrue(none.err().contains("Cannot open dataset " + folder + "/absent"), none.err());
  }

  private Call run(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, config.toString(), "--json"));
    arguments.addAll(Arrays.asList(more));
    return Call.of(arguments.toArray(String[]::new));
  }
}
