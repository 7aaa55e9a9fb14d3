package dev.almanac.transforms.csv.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Expands gzip, zstd, bzip2, xz and zip by a file's content, whatever its name says. */
public final class Decompression {
  private Decompression() {}

  /**
   * The bytes of a file, expanded when its first bytes say how.
   *
   * <p>All members, frames or streams of a file are read, one after another, and what checksums
   * they have are checked. Closing the stream closes {@code bytes}. A file that is damaged or ends
   * too early throws an {@link IOException} that names it, where the reader gets there.
   *
   * @param file path for messages
   */
  public static InputStream of(InputStream bytes, String file) throws IOException {
    PushbackInputStream in = new PushbackInputStream(bytes, Compression.LONGEST);
    byte[] head = in.readNBytes(Compression.LONGEST);
    in.unread(head);
    return Compression.of(head).expand(in, file);
  }

  /** Whether a file that begins with these bytes is not packed. */
  public static boolean isPlain(byte[] head) {
    return Compression.of(head) == Compression.NONE;
  }
}
