package dev.almanac.transforms.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Expands what is gzip, whatever its name says. */
public final class Decompression {
  private Decompression() {}

  /**
   * The bytes of a file, expanded when its first two bytes are gzip's magic.
   *
   * <p>All members of a gzip file are read, one after another, and the checksum of each is checked.
   * Closing the stream closes {@code bytes}. A file that ends in the middle of a member throws an
   * {@link IOException} that names it, where the reader gets there.
   *
   * @param file path for messages
   */
  public static InputStream of(InputStream bytes, String file) throws IOException {
    PushbackInputStream in = new PushbackInputStream(bytes, 2);
    byte[] magic = in.readNBytes(2);
    in.unread(magic);
    return isGzip(magic) ? new GzipStream(in, file) : in;
  }

  /** Whether the first two bytes of a file are gzip's magic. */
  public static boolean isGzip(byte[] magic) {
    return magic.length == 2
        && (magic[0] & 0xFF) == GzipStream.MAGIC_1
        && (magic[1] & 0xFF) == GzipStream.MAGIC_2;
  }
}
