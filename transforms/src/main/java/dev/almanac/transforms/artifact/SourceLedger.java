package dev.almanac.transforms.artifact;

/**
 * Where the rows of one source file went. Every row read is in exactly one of the other counts.
 *
 * @param path the source file
 * @param bytes its size as stored
 * @param read data rows, the header apart
 * @param outside rows whose date is in none of the ranges
 * @param dropped rows inside a range whose label is missing
 * @param rejected rows that could not be parsed; each is in {@code rejects/}
 */
public record SourceLedger(
    String path,
    long bytes,
    long read,
    long train,
    long validation,
    long test,
    long outside,
    long dropped,
    long rejected) {

  public boolean balances() {
    return read == train + validation + test + outside + dropped + rejected;
  }

  /** Both ledgers' counts under another name. */
  public SourceLedger plus(SourceLedger other, String name) {
    return new SourceLedger(
        name,
        bytes + other.bytes,
        read + other.read,
        train + other.train,
        validation + other.validation,
        test + other.test,
        outside + other.outside,
        dropped + other.dropped,
        rejected + other.rejected);
  }

  public static SourceLedger empty(String name) {
    return new SourceLedger(name, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
