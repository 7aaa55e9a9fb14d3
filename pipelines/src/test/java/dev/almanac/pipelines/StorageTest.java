package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Matches;
import dev.almanac.transforms.storage.RegionLookup;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same contract on a local disk and on S3. */
class StorageTest {
  @TempDir static Path folder;
  private static S3Server server;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server(folder.resolve("buckets"), "bucket");
    RegionLookup.setUp(
        () -> PipelineOptionsFactory.fromArgs(server.beamOptions().toArray(String[]::new)).create(),
        true);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  static List<String> roots() {
    return List.of(
        folder.resolve("local").toString(),
        folder.resolve("run [1] {x,y} a+b 100% * ü").toString(),
        "s3://bucket/root",
        "s3://bucket/run [1] {x,y} a+b 100%25 * ü");
  }

  @ParameterizedTest
  @MethodSource("roots")
  void aPathIsNeverAPattern(String root) throws IOException {
    String plain = Storage.resolve(root, "names", "a1.csv");
    String odd = Storage.resolve(root, "names", "a[1].csv");
    String star = Storage.resolve(root, "names", "a*.csv");
    Storage.writeText(plain, "plain");
    assertFalse(Storage.exists(odd));
    assertFalse(Storage.exists(star));
    assertThrows(FileNotFoundException.class, () -> Storage.open(star).close());
    Storage.delete(List.of(odd, star));
    assertEquals("plain", Storage.readText(plain));
    Storage.writeText(odd, "odd");
    Storage.writeText(star, "star");
    assertEquals("odd", Storage.readText(odd));
    assertEquals("star", Storage.readText(star));
    assertEquals(3, Storage.size(odd));
    Storage.rename(List.of(star), List.of(Storage.resolve(root, "names", "b{1}?.csv")));
    assertEquals(
        List.of("a1.csv", "a[1].csv", "b{1}?.csv"),
        Storage.pathsBelow(Storage.resolve(root, "names")));
    Storage.delete(List.of(odd));
    assertEquals(
        List.of("a1.csv", "b{1}?.csv"), Storage.pathsBelow(Storage.resolve(root, "names")));
    Storage.deleteFolder(Storage.resolve(root, "names"));
  }

  @ParameterizedTest
  @MethodSource("roots")
  void patternsAreTheSameEverywhere(String root) throws IOException {
    List<String> names =
        List.of(
            "a.csv",
            "b.csv",
            "c d.csv",
            "e+f.csv",
            "g%20h.csv",
            "i[1].csv",
            "i1.csv",
            "j{2}.csv",
            "2019/a.csv",
            "2020/q1/a.csv",
            "2020/q1/a.txt",
            "k.csv/part-0",
            "k.csv/_SUCCESS",
            "_temporary/0/a.csv",
            ".a.csv.crc",
            "._a.csv",
            "**.csv");
    String data = Storage.resolve(root, "data");
    for (String name : names) {
      Storage.writeText(Storage.resolve(data, name), name);
    }
    List<String> top =
        List.of(
            "**.csv",
            "a.csv",
            "b.csv",
            "c d.csv",
            "e+f.csv",
            "g%20h.csv",
            "i1.csv",
            "i[1].csv",
            "j{2}.csv",
            "k.csv/part-0");
    assertEquals(top, found(data, "*.csv"));
    List<String> deep = new ArrayList<>(top);
    deep.addAll(List.of("2019/a.csv", "2020/q1/a.csv"));
    deep.sort(null);
    assertEquals(deep, found(data, "**/*.csv"));
    assertEquals(deep, found(data, "**.csv"));
    assertEquals(List.of("a.csv", "b.csv"), found(data, "{a,b}.csv"));
    assertEquals(List.of("2019/a.csv", "b.csv"), found(data, "{2019/a,b}.csv"));
    assertEquals(List.of("2019/a.csv", "a.csv", "b.csv"), found(data, "{,2019/}[ab].csv"));
    assertEquals(List.of("b.csv", "k.csv/part-0"), found(data, "[!a].csv"));
    assertEquals(List.of("i1.csv", "i[1].csv"), found(data, "i*.csv"));
    assertEquals(List.of("i[1].csv"), found(data, "i[1].csv"));
    assertEquals(List.of("i[1].csv"), found(data, "i\\[?].csv"));
    assertEquals(List.of("j{2}.csv"), found(data, "j{2}.csv"));
    assertEquals(List.of("k.csv/part-0"), found(data, "k.csv"));
    assertEquals(List.of("k.csv/part-0"), found(data, "k.csv/"));
    assertEquals(List.of("2020/q1/a.csv", "2020/q1/a.txt"), found(data, "2020"));
    assertEquals(List.of("_temporary/0/a.csv"), found(data, "_t*/**/*.csv"));
    assertEquals(List.of("._a.csv"), found(data, "._a.csv"));
    assertEquals(List.of(), found(data, "[z].csv"));
    assertEquals(List.of(), found(data, "a"));
    Matches all = Matches.of(Storage.resolve(Matches.literal(data), "**"));
    assertEquals(
        List.of(
            "._a.csv hidden file",
            ".a.csv.crc checksum file",
            "_temporary/0/a.csv marker file",
            "k.csv/_SUCCESS marker file"),
        all.leftOut().entrySet().stream()
            .map(e -> e.getKey().substring(data.length() + 1) + " " + e.getValue())
            .toList());
    assertEquals(names.size(), all.files().size() + all.leftOut().size());
    Storage.deleteFolder(data);
  }

  private static List<String> found(String data, String pattern) throws IOException {
    Matches matches = Matches.of(Storage.resolve(Matches.literal(data), pattern));
    assertEquals(List.of(), matches.problems());
    return matches.files().stream().map(file -> file.path().substring(data.length() + 1)).toList();
  }

  @Test
  void anUnservedSchemeIsSaidAtOnce() {
    ForeseenException e =
        assertThrows(ForeseenException.class, () -> Storage.exists("http://127.0.0.1:1/a.csv"));
    assertTrue(
        e.getMessage().startsWith("Cannot use http://127.0.0.1:1/a.csv: no file system serves"),
        e.getMessage());
    assertThrows(ForeseenException.class, () -> Matches.of("ftp://host/*.csv"));
    assertThrows(ForeseenException.class, () -> Storage.writeText("http://host/a", "a"));
    assertThrows(ForeseenException.class, () -> Storage.delete(List.of("http://host/a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d[1/*.csv", "d{1,2/*.csv", "[b-a].csv", "*\\", "[]", "[!]/a"})
  void aBrokenPatternIsNamed(String pattern) {
    ForeseenException e = assertThrows(ForeseenException.class, () -> Matches.of(pattern));
    assertTrue(
        e.getMessage().startsWith("Cannot read the pattern %s: ".formatted(pattern)),
        e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("roots")
  void whatIsWrittenIsReadBack(String root) throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    String path = Storage.resolve(root, "written", "file.bin");
    assertFalse(Storage.exists(path));
    try (OutputStream out = Storage.create(path)) {
      out.write(bytes);
    }
    assertTrue(Storage.exists(path));
    assertEquals(bytes.length, Storage.size(path));
    assertArrayEquals(bytes, Storage.read(path));
    try (SeekableByteChannel channel = Storage.openSeekable(path)) {
      ByteBuffer some = ByteBuffer.allocate(10);
      channel.position(123_456);
      while (some.hasRemaining()) {
        channel.read(some);
      }
      assertEquals(ByteBuffer.wrap(bytes, 123_456, 10), some.flip());
      assertEquals(bytes.length, channel.size());
    }
  }

  @ParameterizedTest
  @MethodSource("roots")
  void textIsReplacedWhole(String root) throws IOException {
    String path = Storage.resolve(root, "text", "note.json");
    Storage.writeText(path, "one");
    Storage.writeText(path, "two");
    assertEquals("two", Storage.readText(path));
    assertEquals(List.of(path), paths(Storage.below(Storage.resolve(root, "text"))));
  }

  @ParameterizedTest
  @MethodSource("roots")
  void filesAreMatchedRenamedAndDeleted(String root) throws IOException {
    String a = Storage.resolve(root, "many", "a.csv");
    String b = Storage.resolve(root, "many", "deep", "b.csv");
    Storage.writeText(a, "a");
    Storage.writeText(b, "b");
    assertEquals(List.of(a), paths(Storage.match(Storage.resolve(root, "many"), "*.csv")));
    assertEquals(List.of(a, b), paths(Storage.below(Storage.resolve(root, "many"))));
    String c = Storage.resolve(root, "many", "c.csv");
    Storage.rename(List.of(b), List.of(c));
    assertEquals(List.of(a, c), paths(Storage.below(Storage.resolve(root, "many"))));
    Storage.delete(List.of(a, a));
    Storage.deleteFolder(Storage.resolve(root, "many"));
    assertEquals(List.of(), Storage.below(Storage.resolve(root, "many")));
  }

  @ParameterizedTest
  @MethodSource("roots")
  void aMissingFileIsNamed(String root) {
    String path = Storage.resolve(root, "nowhere", "x");
    FileNotFoundException e =
        assertThrows(FileNotFoundException.class, () -> Storage.open(path).close());
    assertEquals("Cannot read %s: there is no such file".formatted(path), e.getMessage());
  }

  private static List<String> paths(List<StoredFile> files) {
    return files.stream().map(StoredFile::path).toList();
  }
}
