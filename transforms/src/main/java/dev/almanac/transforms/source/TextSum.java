package dev.almanac.transforms.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * Counts and sums the bytes of a text while they are read: cheap enough for every file, and enough
 * to say that two are not the same. Not thread-safe.
 */
final class TextSum extends FilterInputStream {
  private final CRC32 sum = new CRC32();
  private long bytes;

  TextSum(InputStream in) {
    super(in);
  }

  long bytes() {
    return bytes;
  }

  long sum() {
    return sum.getValue();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (count > 0) {
      sum.update(into, offset, count);
      bytes += count;
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(count, 1 << 13)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
