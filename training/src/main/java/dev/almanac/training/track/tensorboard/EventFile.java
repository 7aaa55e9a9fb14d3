package dev.almanac.training.track.tensorboard;

import dev.almanac.transforms.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * A file of events that grows. On a local disk it is written on; an object store cannot, so there
 * it is written anew.
 */
final class EventFile {
  private final String path;
  private final boolean isLocal;
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private OutputStream local;
  private int written;

  /**
   * A new one in a folder; of two files the later is the later by name, too.
   *
   * @param millis of now
   */
  EventFile(String folder, long millis) {
    path =
        Storage.resolve(
            folder,
            String.format(
                Locale.ROOT,
                "events.out.tfevents.%010d.%s.%d.%03d",
                millis / 1000,
                host(),
                ProcessHandle.current().pid(),
                millis % 1000));
    isLocal = !path.contains("://");
    add(Events.version(millis / 1e3));
  }

  void add(byte[] record) {
    all.writeBytes(record);
  }

  /** Whether a flush costs next to nothing. */
  boolean isLocal() {
    return isLocal;
  }

  /** All that was added is there for readers. */
  void flush() throws IOException {
    if (all.size() == 0 && isLocal || all.size() == written) {
      return;
    }
    if (isLocal) {
      if (local == null) {
        local = Storage.create(path);
      }
      all.writeTo(local);
      local.flush();
      all.reset();
    } else {
      byte[] bytes = all.toByteArray();
      Storage.write(path, out -> out.write(bytes));
      written = bytes.length;
    }
  }

  void close() throws IOException {
    flush();
    if (local != null) {
      local.close();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
