package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.FaultyProxy.Fault;
import dev.almanac.transforms.storage.ChangedFileException;
import dev.almanac.transforms.storage.Redo;
import dev.almanac.transforms.storage.RegionLookup;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StorageException;
import dev.almanac.transforms.storage.StoredFile;
import dev.almanac.transforms.storage.UploadException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What storage does about a network that fails, through the real AWS SDK. */
class StorageFaultsTest {
  private static final String FILE = "s3://bucket/folder/file.bin";

  @TempDir Path folder;
  private S3Server server;
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = new S3Server(folder, "bucket");
    RegionLookup.setUp(
        () -> PipelineOptionsFactory.fromArgs(server.beamOptions().toArray(String[]::new)).create(),
        true);
  }

  @AfterEach
  void stop() throws IOException {
    if (proxy != null) {
      proxy.close();
    }
    server.close();
  }

  @Test
  void readingGoesOnWhereItBrokeOff() throws IOException {
    byte[] bytes = write(FILE, 3_000_000);
    through(FaultyProxy.Network.faulty(0.4, 5));
    for (int round = 0; round < 5; round++) {
      assertArrayEquals(bytes, Storage.read(FILE));
      assertEquals(bytes.length, Storage.size(FILE));
    }
    Random random = new Random(3);
    try (SeekableByteChannel channel = Storage.openSeekable(FILE)) {
      for (int jump = 0; jump < 20; jump++) {
        int from = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(bytes.length - from);
        ByteBuffer part = ByteBuffer.allocate(length);
        channel.position(from);
        while (part.hasRemaining()) {
          assertTrue(channel.read(part) > 0);
        }
        assertArrayEquals(Arrays.copyOfRange(bytes, from, from + length), part.array());
        assertEquals(from + length, channel.position());
      }
      channel.position(bytes.length);
      assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
    }
    assertTrue(proxy.counts().get(Fault.CUT_ANSWER) > 0, proxy.counts()::toString);
    assertTrue(proxy.counts().get(Fault.CUT_LENGTH) > 0, proxy.counts()::toString);
  }

  @Test
  void aFileThatWasChangedBetweenTwoTriesIsAnErrorAndNeverAMixture() throws IOException {
    write(FILE, 2_000_000);
    write("s3://bucket/folder/newer.bin", 2_000_001);
    Path newer = folder.resolve("bucket/folder/newer.bin");
    AtomicBoolean begun = new AtomicBoolean();
    through(
        request -> {
          if (request.startsWith("GET ") && begun.compareAndSet(false, true)) {
            return Fault.CUT_ANSWER;
          }
          if (begun.get() && Files.exists(newer)) {
            Files.move(
                newer, newer.resolveSibling("file.bin"), StandardCopyOption.REPLACE_EXISTING);
          }
          return Fault.NONE;
        });
    ChangedFileException e = assertThrows(ChangedFileException.class, () -> Storage.read(FILE));
    assertTrue(
        e.getMessage()
            .startsWith(
                "Cannot read %s: it was changed while it was read (2000000 bytes, ETag "
                    .formatted(FILE)),
        e.getMessage());
  }

  @Test
  void aFileThatGoesWhileItIsReadIsNamed() throws IOException {
    write(FILE, 2_000_000);
    AtomicBoolean gone = new AtomicBoolean();
    FaultyProxy.Network network =
        request -> {
          if (request.startsWith("GET ") && gone.compareAndSet(false, true)) {
            return Fault.CUT_ANSWER;
          }
          if (gone.get()) {
            Files.deleteIfExists(folder.resolve("bucket/folder/file.bin"));
          }
          return Fault.NONE;
        };
    through(network);
    FileNotFoundException e = assertThrows(FileNotFoundException.class, () -> Storage.read(FILE));
    assertEquals("Cannot read %s: there is no such file".formatted(FILE), e.getMessage());
  }

  @Test
  void whatIsWrittenWholeIsWrittenUntilItIs() throws IOException {
    byte[] bytes = new byte[200_000];
    new Random(4).nextBytes(bytes);
    through(FaultyProxy.Network.faulty(0.3, 6));
    for (int round = 0; round < 5; round++) {
      String text = "round " + round;
      Storage.write(FILE, out -> out.write(bytes));
      Storage.writeText("s3://bucket/folder/note.txt", text);
      assertEquals(text, Storage.readText("s3://bucket/folder/note.txt"));
      Storage.rename(List.of(FILE), List.of("s3://bucket/folder/moved-" + round));
    }
    assertTrue(proxy.counts().get(Fault.CUT_REQUEST) > 0, proxy.counts()::toString);
    List<StoredFile> files = Storage.below("s3://bucket/folder");
    assertEquals(6, files.size(), files::toString);
    for (int round = 0; round < 5; round++) {
      assertArrayEquals(bytes, Storage.read("s3://bucket/folder/moved-" + round));
    }
  }

  @Test
  void anUploadThatBreaksOffIsNeverCompletedAndIsDoneAgainFromItsStart() throws IOException {
    byte[] bytes = new byte[200_000];
    new Random(5).nextBytes(bytes);
    AtomicInteger refused = new AtomicInteger();
    // The AWS SDK sends a part four times by itself.
    FaultyProxy.Network network =
        request ->
            request.startsWith("PUT ")
                    && request.contains("partNumber")
                    && refused.getAndIncrement() < 8
                ? Fault.REFUSED
                : Fault.NONE;
    through(network);
    OutputStream out = Storage.create(FILE);
    out.write(bytes);
    UploadException e = assertThrows(UploadException.class, out::close);
    assertTrue(e.getMessage().startsWith("Cannot write " + FILE), e.getMessage());
    out.close();
    assertFalse(Storage.exists(FILE));
    AtomicInteger tries = new AtomicInteger();
    Redo.whileUploadsFail(
        () -> {
          tries.incrementAndGet();
          try (OutputStream again = Storage.create(FILE)) {
            again.write(bytes);
          }
          return null;
        });
    assertEquals(2, tries.get());
    assertArrayEquals(bytes, Storage.read(FILE));
  }

  @Test
  void aFileThatGoesDuringAListingDoesNotHideTheOthers() throws IOException {
    write("s3://bucket/folder/a", 10);
    write("s3://bucket/folder/b", 10);
    FaultyProxy.Network network =
        request -> {
          if (request.startsWith("HEAD /bucket/folder/a")) {
            Files.deleteIfExists(folder.resolve("bucket/folder/a"));
          }
          return Fault.NONE;
        };
    through(network);
    assertEquals(
        List.of("s3://bucket/folder/b"),
        Storage.below("s3://bucket/folder").stream().map(StoredFile::path).toList());
    assertEquals(List.of(), Storage.below("s3://bucket/nowhere"));
  }

  @Test
  void aRefusalForWhatTheRequestIsIsNotTriedAgain() throws IOException {
    write(FILE, 10);
    through(FaultyProxy.Network.faulty(0, 0));
    String[] stranger =
        server.beamOptions(proxy.port()).stream()
            .map(option -> option.replace("local-credential", "another"))
            .toArray(String[]::new);
    RegionLookup.setUp(() -> PipelineOptionsFactory.fromArgs(stranger).create(), true);
    StorageException e = assertThrows(StorageException.class, () -> Storage.read(FILE));
    assertTrue(e.getMessage().contains("Status Code: 403"), e.getMessage());
    assertEquals(1, proxy.counts().get(Fault.NONE));
  }

  private static byte[] write(String path, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[0] = 1;
    Storage.write(path, out -> out.write(bytes));
    return bytes;
  }

  /** From now on the network lies between this test and the server. */
  private void through(FaultyProxy.Network network) throws IOException {
    proxy = new FaultyProxy(server.port(), network);
    RegionLookup.setUp(
        () ->
            PipelineOptionsFactory.fromArgs(server.beamOptions(proxy.port()).toArray(String[]::new))
                .create(),
        true);
  }
}
