package dev.almanac.testdata;

/** Rows of a station's file, from {@code from} (included) to {@code until} (excluded). */
record RowRange(int from, int until) {

  boolean holds(int row) {
    return row >= from && row < until;
  }

  int rows() {
    return Math.max(0, until - from);
  }
}
