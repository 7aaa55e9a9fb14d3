package dev.almanac.transforms.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that looks at all bytes that are read, also at those that are skipped. Not thread-safe.
 */
abstract class ReadBytes extends FilterInputStream {
  private static final int MOST_SKIPPED = 1 << 16;

  ReadBytes(InputStream in) {
    super(in);
  }

  /** Looks at the next bytes, one or more. */
  abstract void look(byte[] bytes, int offset, int count);

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public final int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      look(bytes, offset, count);
    }
    return count;
  }

  @Override
  public final long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(count, MOST_SKIPPED)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
