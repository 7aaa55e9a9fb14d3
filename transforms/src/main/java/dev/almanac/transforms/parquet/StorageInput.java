package dev.almanac.transforms.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.io.SeekableInputStream;

/**
 * Bytes of a channel, from anywhere in it. Not thread-safe.
 *
 * <p>A short way forward is read and thrown away: on an object store a jump costs a request.
 */
final class StorageInput extends SeekableInputStream {
  private static final int SHORT_WAY = 1 << 18;

  /** Longer reads are cut: a file channel copies through a native buffer of the read's size. */
  private static final int MOST_AT_ONCE = 1 << 18;

  private final SeekableByteChannel channel;
  private final boolean jumpsAreCheap;
  private long position;

  StorageInput(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.jumpsAreCheap = channel instanceof FileChannel;
    this.position = channel.position();
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void seek(long target) throws IOException {
    long way = target - position;
    if (way == 0) {
      return;
    }
    if (!jumpsAreCheap && way > 0 && way <= SHORT_WAY) {
      readFully(new byte[(int) way]);
    } else {
      channel.position(target);
      position = target;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return read(ByteBuffer.wrap(bytes, offset, Math.min(length, MOST_AT_ONCE)));
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    int read = channel.read(buffer);
    position += Math.max(0, read);
    return read;
  }

  @Override
  public void readFully(byte[] bytes) throws IOException {
    readFully(bytes, 0, bytes.length);
  }

  @Override
  public void readFully(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int read = read(bytes, offset + done, length - done);
      if (read < 0) {
        throw new EOFException("the file ends at byte %s".formatted(position));
      }
      done += read;
    }
  }

  @Override
  public void readFully(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (read(buffer) < 0) {
        throw new EOFException("the file ends at byte %s".formatted(position));
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
