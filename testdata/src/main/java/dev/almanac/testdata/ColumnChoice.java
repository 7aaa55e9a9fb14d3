package dev.almanac.testdata;

/**
 * That a station may report an element, and when.
 *
 * @param probability that a station's file has the column
 * @param window of the years in which the column has values
 * @param nullShare the share of rows inside the window that gaps leave without a value
 */
record ColumnChoice(String element, double probability, Window window, double nullShare) {

  /** The rows in which a column has values. */
  sealed interface Window {

    /** The whole record. */
    record Whole() implements Window {}

    /**
     * Mostly the whole record, else a part of it that ends with it: the observer took the element
     * up late.
     */
    record MaybeLate(double share) implements Window {}

    /** Some stretch of the record, different for every station. */
    record Stretch() implements Window {}

    /** Between two years, give or take two: a program of the weather service. */
    record Years(int from, int until) implements Window {}
  }

  static ColumnChoice core(String element, double probability, double nullShare) {
    return new ColumnChoice(element, probability, new Window.Whole(), nullShare);
  }

  static ColumnChoice maybeLate(
      String element, double probability, double share, double nullShare) {
    return new ColumnChoice(element, probability, new Window.MaybeLate(share), nullShare);
  }

  static ColumnChoice stretch(String element, double probability) {
    return new ColumnChoice(element, probability, new Window.Stretch(), 0.01);
  }

  static ColumnChoice years(String element, double probability, int from, int until) {
    return new ColumnChoice(element, probability, new Window.Years(from, until), 0.015);
  }
}
