package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.Printable;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A source file that must stay as it was listed until it has been read.
 *
 * <p>For a local file, size, modification time and the file behind the name are compared when it is
 * opened and after it was read. For a remote one, the size; while it is read, {@link RemoteFile}
 * compares what the store says. Not thread-safe.
 */
public final class WatchedFile {
  /** What tells one state of a local file from another. */
  private record State(long bytes, long modified, Object file, Object changed) {}

  private final StoredFile listed;
  private final State opened;

  private WatchedFile(StoredFile listed, State opened) {
    this.listed = listed;
    this.opened = opened;
  }

  /** Reads a file from its start. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(InputStream bytes) throws IOException;
  }

  /**
   * Looks at a file before it is opened.
   *
   * @param listed as it was found; without size and time it is what it is now
   * @throws ChangedFileException when it is another one already
   */
  public static WatchedFile of(StoredFile listed) throws IOException {
    if (!Storage.isLocal(listed.path())) {
      return new WatchedFile(listed, null);
    }
    State now = state(listed.path());
    WatchedFile file = new WatchedFile(listed, now);
    boolean known = listed.bytes() != 0 || listed.modified() != 0;
    if (known
        && (now == null
            || now.bytes != listed.bytes()
            || listed.modified() != 0 && now.modified != listed.modified())) {
      throw file.changed(now);
    }
    return file;
  }

  /**
   * What reading a file from its start to its end gives.
   *
   * @throws ChangedFileException when it changed since it was listed, whatever reading it gave
   */
  public static <T> T read(StoredFile listed, Reader<T> reader) throws IOException {
    WatchedFile file = of(listed);
    try (InputStream bytes = file.open(0)) {
      T result = reader.read(bytes);
      file.check();
      return result;
    } catch (IOException | RuntimeException e) {
      file.blame(e);
      throw e;
    }
  }

  /** Bytes from an offset on, none behind the end that the file had when it was listed. */
  public InputStream open(long offset) throws IOException {
    InputStream bytes = Storage.openFrom(listed.path(), offset);
    return opened == null ? bytes : new Bounded(bytes, opened.bytes - offset);
  }

  /**
   * Looks at the file again.
   *
   * @throws ChangedFileException when it is not as it was
   */
  public void check() throws IOException {
    if (opened != null) {
      State now = state(listed.path());
      if (!opened.equals(now)) {
        throw changed(now);
      }
    } else if (listed.modified() != 0 && Storage.size(listed.path()) != listed.bytes()) {
      throw changed(new State(Storage.size(listed.path()), 0, null, null));
    }
  }

  /**
   * Finds out whether the file's change is behind a failure to read it.
   *
   * @throws ChangedFileException when it has changed
   */
  public void blame(Exception failure) throws ChangedFileException {
    if (failure instanceof ChangedFileException) {
      return;
    }
    try {
      check();
    } catch (ChangedFileException changed) {
      changed.addSuppressed(failure);
      throw changed;
    } catch (IOException unknown) {
      failure.addSuppressed(unknown);
    }
  }

  private ChangedFileException changed(State now) {
    return new ChangedFileException(
        "Cannot read %s: it was changed while it was read (%s, now %s); start again when it is complete"
            .formatted(
                Printable.line(listed.path()),
                text(
                    opened == null || listed.modified() != 0 ? listed.bytes() : opened.bytes,
                    opened == null || listed.modified() != 0 ? listed.modified() : opened.modified),
                now == null ? "gone" : text(now.bytes, now.modified)));
  }

  private static String text(long bytes, long modified) {
    return modified == 0
        ? "%s bytes".formatted(bytes)
        : "%s bytes, changed at %s".formatted(bytes, Instant.ofEpochMilli(modified));
  }

  /** Null when there is no such file. */
  private static State state(String path) throws IOException {
    Path file = LocalNames.path(path);
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(
          now.size(),
          Math.max(0, now.lastModifiedTime().toMillis()),
          now.fileKey(),
          List.of(now.lastModifiedTime(), inodeChange(file)));
    } catch (NoSuchFileException | FileNotFoundException gone) {
      return null;
    }
  }

  /** When the file or what is said of it changed, which nobody can set back; not known anywhere. */
  private static Object inodeChange(Path file) throws IOException {
    try {
      return Objects.requireNonNullElse(Files.getAttribute(file, "unix:ctime"), "");
    } catch (UnsupportedOperationException | IllegalArgumentException unknown) {
      return "";
    }
  }

  /** So many bytes of a stream. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.min(count, Math.max(0, left)));
      left -= skipped;
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
