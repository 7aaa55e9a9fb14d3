package dev.almanac.transforms.source;

import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Hashes the bytes of a range of a file while they are read.
 *
 * <p>A file that is read in one piece has the SHA-256 of its bytes. One that is read in ranges has
 * the SHA-256 of its ranges' hashes, one behind the other: see {@link #of}. Not thread-safe.
 */
public final class ContentHash extends ReadBytes {
  private final MessageDigest digest = Json.digest();
  private final long from;
  private final long until;
  private long at;

  /**
   * @param in the file from its byte {@code at} on
   */
  ContentHash(InputStream in, long at, long from, long until) {
    super(in);
    this.at = at;
    this.from = from;
    this.until = until;
  }

  /** The hash of a file by those of its ranges. */
  public static String of(List<String> ranges) {
    if (ranges.size() == 1) {
      return ranges.get(0);
    }
    MessageDigest all = Json.digest();
    ranges.forEach(range -> all.update(HexFormat.of().parseHex(range)));
    return HexFormat.of().formatHex(all.digest());
  }

  @Override
  void look(byte[] bytes, int offset, int count) {
    long first = Math.max(at, from);
    long last = Math.min(at + count, until);
    if (first < last) {
      digest.update(bytes, offset + (int) (first - at), (int) (last - first));
    }
    at += count;
  }

  /** Reads what is left of the range and returns its hash in lower-case hexadecimal. */
  String finish() throws IOException {
    byte[] rest = new byte[1 << 16];
    while (at < until && read(rest, 0, rest.length) >= 0) {
      continue;
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
