package dev.almanac.transforms.csv.stream;

import java.io.IOException;
import java.io.InputStream;

/** A stream that has one way to be read, in stretches; a single byte is a stretch of one. */
abstract class StretchStream extends InputStream {
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Gives at least one byte, or -1 at the end, unless none is asked for. */
  @Override
  public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
