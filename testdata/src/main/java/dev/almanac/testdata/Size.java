package dev.almanac.testdata;

/** How much to generate, over all stations. */
public sealed interface Size {

  /** Exactly so many rows. */
  record Rows(long count) implements Size {}

  /** About so many bytes (within 3 %), before any compression. */
  record Bytes(long count) implements Size {}

  /** A row for nearly every day of the period (97 %), whatever that comes to. */
  record WholePeriod() implements Size {}
}
