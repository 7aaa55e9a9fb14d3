package dev.almanac.transforms.source;

import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.Serializable;

/**
 * Bytes of a file that are to be hashed.
 *
 * @param from the first byte
 * @param until the first byte past the piece; {@link SourceRange#END} for the end of the file
 * @param bytes about how many they are, to share the work out by
 */
public record ContentPiece(String path, long from, long until, long bytes) implements Serializable {
  public static ContentPiece of(SourceRange range) {
    return new ContentPiece(range.file().path(), range.from(), range.until(), range.bytes());
  }

  /** Reads the piece. */
  public Hashed hash() throws IOException {
    try (ContentHash content = new ContentHash(Storage.openFrom(path, from), from, from, until)) {
      return new Hashed(path, from, until, content.finish());
    }
  }

  /**
   * A piece that was read.
   *
   * @param hash its SHA-256
   */
  public record Hashed(String path, long from, long until, String hash) {}
}
