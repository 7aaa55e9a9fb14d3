package dev.almanac.testdata;

/** One value on its way into a row; reused for every cell of a station. Not thread-safe. */
final class Cell {

  static final char BLANK = ' ';
  static final char TRACE = 'T';
  static final char PRESUMED_ZERO = 'P';

  int value;

  /** How it was measured: the first part of the attributes. */
  char measurement;

  /** Which quality check it failed, blank when none: the second part. */
  char quality;

  void set(int newValue) {
    value = newValue;
    measurement = BLANK;
    quality = BLANK;
  }

  /** Some, but too little to measure. */
  void setTrace() {
    set(0);
    measurement = TRACE;
  }
}
