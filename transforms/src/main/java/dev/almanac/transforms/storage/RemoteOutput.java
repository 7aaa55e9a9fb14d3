package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Bytes on their way to a new remote file. Not thread-safe.
 *
 * <p>The first failure is the last: nothing more is written, and closing does nothing. Beam's S3
 * channel would upload an empty part in place of the one that failed and call the file complete.
 */
final class RemoteOutput extends OutputStream {
  private final String path;
  private final WritableByteChannel channel;
  private boolean ended;

  RemoteOutput(String path, WritableByteChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (ended) {
      throw new ForeseenException(
          "Cannot write %s: it is closed, or writing it failed".formatted(path));
    }
    ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (left.hasRemaining()) {
        channel.write(left);
      }
    } catch (IOException | RuntimeException e) {
      ended = true;
      throw new UploadException(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    try {
      channel.close();
    } catch (IOException | RuntimeException e) {
      throw new UploadException(path, e);
    }
  }
}
