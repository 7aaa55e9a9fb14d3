package dev.almanac.transforms.source;

import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * Counts and sums the bytes of a text while they are read: cheap enough for every file, and enough
 * to say that two are not the same. Not thread-safe.
 */
final class TextSum extends ReadBytes {
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
  void look(byte[] read, int offset, int count) {
    sum.update(read, offset, count);
    bytes += count;
  }
}
