package dev.almanac.transforms.csv.stream;

import java.io.IOException;
import java.io.InputStream;

/** A stream whose first bytes were read already; it stays open at its end. */
public final class HeadedStream extends StretchStream {
  private final byte[] head;
  private final InputStream rest;
  private int position;

  public HeadedStream(byte[] head, InputStream rest) {
    this.head = head;
    this.rest = rest;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == head.length) {
      return rest.read(bytes, offset, length);
    }
    int count = Math.min(length, head.length - position);
    System.arraycopy(head, position, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() throws IOException {
    return position < head.length ? head.length - position : rest.available();
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }
}
