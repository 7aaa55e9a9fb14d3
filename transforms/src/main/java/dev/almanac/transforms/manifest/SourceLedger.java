package dev.almanac.transforms.manifest;

import java.io.Serializable;

/**
 * Where the rows of one source file went. Every row read is in exactly one of the other counts.
 *
 * @param path the source file
 * @param bytes its size as stored
 * @param hash SHA-256 of its bytes as stored or, of a file that was read in ranges, of their
 *     hashes; null where not all bytes were read
 * @param read data rows, the header apart
 * @param outside rows whose date is in none of the ranges
 * @param dropped rows inside a range whose label is missing or, where the config asks for it, is a
 *     class that train has not
 * @param rejected rows that could not be parsed; each is in {@code rejects/}
 * @param leftOut why the file was not read though it matches; null when it was read
 */
public record SourceLedger(
    String path,
    long bytes,
    String hash,
    long read,
    long train,
    long validation,
    long test,
    long outside,
    long dropped,
    long rejected,
    String leftOut)
    implements Serializable {
  public SourceLedger(
      String path,
      long bytes,
      String hash,
      long read,
      long train,
      long validation,
      long test,
      long outside,
      long dropped,
      long rejected) {
    this(path, bytes, hash, read, train, validation, test, outside, dropped, rejected, null);
  }

  /** A file that matches and is not read, for a reason. */
  public static SourceLedger leftOut(String path, String reason) {
    return new SourceLedger(path, 0, null, 0, 0, 0, 0, 0, 0, 0, reason);
  }

  public boolean balances() {
    return read == train + validation + test + outside + dropped + rejected;
  }

  /** Both ledgers' counts under another name. */
  public SourceLedger plus(SourceLedger other, String name) {
    return new SourceLedger(
        name,
        bytes + other.bytes,
        null,
        read + other.read,
        train + other.train,
        validation + other.validation,
        test + other.test,
        outside + other.outside,
        dropped + other.dropped,
        rejected + other.rejected);
  }

  /** The same with so many rows of validation and test dropped. */
  public SourceLedger dropping(long ofValidation, long ofTest) {
    return new SourceLedger(
        path,
        bytes,
        hash,
        read,
        train,
        validation - ofValidation,
        test - ofTest,
        outside,
        dropped + ofValidation + ofTest,
        rejected);
  }

  /** The same counts of a file with this hash. */
  public SourceLedger of(String path, String hash) {
    return new SourceLedger(
        path, bytes, hash, read, train, validation, test, outside, dropped, rejected);
  }

  public static SourceLedger empty(String name) {
    return new SourceLedger(name, 0, null, 0, 0, 0, 0, 0, 0, 0);
  }
}
