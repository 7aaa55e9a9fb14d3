package dev.almanac.transforms.manifest;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * What a whole file is.
 *
 * @param sha256 lower-case hexadecimal
 */
public record FileHash(long bytes, String sha256) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Reads the file. */
  public static FileHash of(String path) throws IOException {
    return of(path, read -> {});
  }

  /**
   * Reads the file.
   *
   * @param progress takes the bytes of each piece read
   */
  public static FileHash of(String path, LongConsumer progress) throws IOException {
    try (InputStream in = Storage.open(path)) {
      return of(in, progress);
    }
  }

  /** Reads a stream to its end; the caller closes it. */
  public static FileHash of(InputStream in) throws IOException {
    return of(in, read -> {});
  }

  private static FileHash of(InputStream in, LongConsumer progress) throws IOException {
    MessageDigest digest = Json.digest();
    long bytes = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
      bytes += read;
      progress.accept(read);
    }
    return new FileHash(bytes, HexFormat.of().formatHex(digest.digest()));
  }
}
