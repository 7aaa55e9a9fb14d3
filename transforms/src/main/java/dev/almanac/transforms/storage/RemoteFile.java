package dev.almanac.transforms.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * A remote file that is read on through failures: when a connection breaks, another one begins at
 * the byte reached, as often as {@link Tries} allows without a byte in between.
 *
 * <p>What the store says of the file (its ETag; where it has none, size and time of change) is
 * compared before and after each new beginning: a file that was changed meanwhile is an error,
 * never a mixture. Its size is believed, and with it its end, only once it was said three times: a
 * plain HTTP answer that is cut inside a number holds a smaller one. Not thread-safe.
 */
final class RemoteFile implements SeekableByteChannel {
  /** An answer that was cut short may say anything; so many in a row do not. */
  private static final int LOOKS = 3;

  private final String path;
  private final Tries tries;
  private Metadata file;
  private ReadableByteChannel connection;
  private long connectionPosition;
  private long position;
  private boolean resumed;
  private boolean sizeConfirmed;
  private boolean open = true;

  private RemoteFile(String path, Metadata file) {
    this.path = path;
    this.file = file;
    this.tries = new Tries("read " + path);
  }

  /**
   * Opens a file.
   *
   * @throws java.io.FileNotFoundException when there is none
   */
  static RemoteFile open(String path) throws IOException {
    return new RemoteFile(path, Storage.metadata(path));
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    checkOpen();
    if (!into.hasRemaining()) {
      return 0;
    }
    if (position >= file.sizeBytes() && position >= size()) {
      return -1;
    }
    int from = into.position();
    while (into.position() == from) {
      try {
        connect();
        connection.read(into);
        if (into.position() == from) {
          throw new EOFException("it ends at byte %s of %s".formatted(position, file.sizeBytes()));
        }
        if (resumed) {
          checkUnchanged();
          resumed = false;
        }
      } catch (IOException | RuntimeException e) {
        // Bytes that came before the failure are in the buffer and count.
        disconnect();
        checkUnchanged();
        resumed = true;
        if (into.position() == from) {
          tries.failed(e);
        }
      }
    }
    tries.succeeded();
    int count = into.position() - from;
    position += count;
    connectionPosition = position;
    return count;
  }

  private void connect() throws IOException {
    if (connection == null) {
      connection = FileSystems.open(file.resourceId());
      connectionPosition = 0;
    }
    if (connectionPosition != position) {
      seekable(connection).position(position);
      connectionPosition = position;
    }
  }

  private SeekableByteChannel seekable(ReadableByteChannel channel) {
    if (channel instanceof SeekableByteChannel seekable) {
      return seekable;
    }
    throw new UnsupportedOperationException(
        "its file system has no random access, so it cannot be read from byte %s"
            .formatted(position));
  }

  private void disconnect() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (IOException | RuntimeException e) {
      // It is broken, or has been read as far as anybody wants.
    }
    connection = null;
  }

  private void checkUnchanged() throws IOException {
    Metadata now = null;
    for (int look = 0; look < LOOKS; look++) {
      now = Storage.metadata(path);
      if (isSame(file, now)) {
        if (now.sizeBytes() > file.sizeBytes()) {
          file = now;
          disconnect();
        }
        return;
      }
    }
    throw new ChangedFileException(
        "Cannot read %s: it was changed while it was read (%s, now %s); start again when it is complete"
            .formatted(path, text(file), text(now)));
  }

  private static boolean isSame(Metadata one, Metadata other) {
    return one.checksum() != null && other.checksum() != null
        ? one.checksum().equals(other.checksum())
        : one.sizeBytes() == other.sizeBytes()
            && one.lastModifiedMillis() == other.lastModifiedMillis();
  }

  private static String text(Metadata file) {
    return "%s bytes, %s"
        .formatted(
            file.sizeBytes(),
            file.checksum() == null
                ? "changed at " + java.time.Instant.ofEpochMilli(file.lastModifiedMillis())
                : "ETag " + file.checksum());
  }

  @Override
  public long position() throws IOException {
    checkOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long target) throws IOException {
    checkOpen();
    if (target < 0) {
      throw new IllegalArgumentException(
          "Cannot read %s from byte %s: the first one is 0".formatted(path, target));
    }
    position = target;
    return this;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    if (!sizeConfirmed) {
      // Cut answers only ever say less: the largest of three is believed.
      checkUnchanged();
      checkUnchanged();
      sizeConfirmed = true;
    }
    return file.sizeBytes();
  }

  private void checkOpen() throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    disconnect();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
