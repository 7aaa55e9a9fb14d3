package dev.almanac.transforms.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
  @TempDir Path folder;

  @Test
  void aFileThatWasReadIsClosed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "text");
    AtomicReference<InputStream> opened = new AtomicReference<>();
    int first =
        WatchedFile.read(
            Storage.look(file.toString()),
            bytes -> {
              opened.set(bytes);
              return bytes.read();
            });
    assertEquals('t', first);
    assertThrows(ClosedChannelException.class, () -> opened.get().read());
  }
}
