package dev.almanac.benchmarks.reader;

/** A way to go through all rows once. */
interface Pass {
  /**
   * Goes through all rows.
   *
   * @param add up the labels too: costs time, so only where the sum is compared
   */
  Sums run(boolean add) throws Exception;

  /** What a pass saw; readers of the same rows must agree. */
  record Sums(long rows, double labels) {}
}
