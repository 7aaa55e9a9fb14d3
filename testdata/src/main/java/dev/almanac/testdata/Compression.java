package dev.almanac.testdata;

/** How the station files are stored. */
public enum Compression {
  /** {@code <STATION>.csv}. */
  NONE,
  /** {@code <STATION>.csv.gz}. */
  GZIP,
  /** Every fourth station plain, the others gzip. */
  MIXED;

  boolean compresses(int index) {
    return this == GZIP || this == MIXED && index % 4 != 3;
  }
}
