package dev.almanac.transforms.manifest;

import java.io.Serializable;

/**
 * Where the rows of a source went. Every row read is in exactly one of the other counts.
 *
 * @param read data rows, the header apart
 * @param outside rows whose date is in none of the ranges
 * @param dropped rows inside a range whose label is missing or, where the config asks for it, is a
 *     class that train has not
 * @param rejected rows that could not be parsed; each is in {@code rejects/}
 */
public record RowCounts(
    long read, long train, long validation, long test, long outside, long dropped, long rejected)
    implements Serializable {
  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0, 0);

  public boolean balances() {
    return read == train + validation + test + outside + dropped + rejected;
  }

  public RowCounts plus(RowCounts other) {
    return new RowCounts(
        read + other.read,
        train + other.train,
        validation + other.validation,
        test + other.test,
        outside + other.outside,
        dropped + other.dropped,
        rejected + other.rejected);
  }

  /** The same with so many rows of validation and test dropped. */
  public RowCounts dropping(long ofValidation, long ofTest) {
    return new RowCounts(
        read,
        train,
        validation - ofValidation,
        test - ofTest,
        outside,
        dropped + ofValidation + ofTest,
        rejected);
  }
}
