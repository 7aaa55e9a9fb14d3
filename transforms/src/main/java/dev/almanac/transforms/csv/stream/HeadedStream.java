package dev.almanac.transforms.csv.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose first bytes were read already; it stays open at its end. */
public final class HeadedStream extends FilterInputStream {
  private final byte[] head;
  private int position;

  public HeadedStream(byte[] head, InputStream rest) {
    super(rest);
    this.head = head;
  }

  @Override
  public int read() throws IOException {
    return position < head.length ? head[position++] & 0xFF : in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == head.length) {
      return in.read(bytes, offset, length);
    }
    int count = Math.min(length, head.length - position);
    System.arraycopy(head, position, bytes, offset, count);
    position += count;
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
