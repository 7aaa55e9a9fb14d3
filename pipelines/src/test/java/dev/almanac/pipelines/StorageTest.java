package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.storage.RegionLookup;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    return List.of(folder.resolve("local").toString(), "s3://bucket/root");
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
    assertEquals(List.of(a), paths(Storage.match(Storage.resolve(root, "many", "*.csv"))));
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
