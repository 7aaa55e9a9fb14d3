package dev.almanac.transforms.manifest;

import java.io.Serializable;

/**
 * A source file and where its rows went.
 *
 * @param bytes its size as stored
 * @param hash SHA-256 of its bytes as stored or, of a file that was read in ranges, of their
 *     hashes; null where not all bytes were read
 * @param leftOut why the file was not read though it matches; null when it was read
 */
public record SourceLedger(String path, long bytes, String hash, String leftOut, RowCounts rows)
    implements Serializable {
  /** Of a file that was read. */
  public static SourceLedger of(String path, long bytes, String hash, RowCounts rows) {
    return new SourceLedger(path, bytes, hash, null, rows);
  }

  /** A file that matches and is not read, for a reason. */
  public static SourceLedger leftOut(String path, String reason) {
    return new SourceLedger(path, 0, null, reason, RowCounts.NONE);
  }

  /** The same file, other rows. */
  public SourceLedger withRows(RowCounts other) {
    return new SourceLedger(path, bytes, hash, leftOut, other);
  }
}
