package dev.almanac.testdata;

/**
 * One element's pair of columns in one station's file: decides for each row whether there is a
 * value and what it is.
 *
 * <p>Rows must be visited in order. Not thread-safe.
 */
final class Column {

  private final Element element;
  private final boolean temperature;
  private final boolean mayBePresumed;
  private final RowRange window;
  private final RowRange presumed;
  private final Gaps gaps;
  private final Draws draws;

  /**
   * @param window the rows that may have a value; the first of them always has one, gaps or not
   * @param presumed the rows in which zeros of rain and snow are presumed, not measured
   */
  Column(Element element, RowRange window, RowRange presumed, Gaps gaps, Draws draws) {
    this.element = element;
    this.window = window;
    this.presumed = presumed;
    this.gaps = gaps;
    this.draws = draws;
    temperature = element.name().matches("T(MAX|MIN|OBS)|M[NX]PN");
    mayBePresumed = element.name().matches("PRCP|SNOW|SNWD");
  }

  String name() {
    return element.name();
  }

  boolean timed() {
    return element.timed();
  }

  /** Whether the thermometer out of order takes this column's value away. */
  boolean needsThermometer() {
    return temperature;
  }

  /**
   * Puts the row's value into the cell.
   *
   * @param needed whether the row must have a value of this column, gaps or not
   * @return whether there is a value
   */
  boolean read(int row, boolean needed, Weather weather, Instruments instruments, Cell cell) {
    if (!window.holds(row)) {
      return false;
    }
    boolean gap = gaps.missingNext();
    boolean first = row == window.from();
    if (gap && !needed && !first) {
      return false;
    }
    double occurrence = element.occurrence().on(weather);
    if (occurrence < 1 && !first && !draws.chance(occurrence)) {
      return false;
    }
    element.reading().read(weather, instruments, draws, cell);
    if (mayBePresumed && cell.value == 0 && cell.measurement == Cell.BLANK && presumed.holds(row)) {
      cell.measurement = Cell.PRESUMED_ZERO;
    }
    if (element.suspectShare() > 0 && draws.chance(element.suspectShare())) {
      QualityChecks.spoil(cell, temperature, draws);
    }
    return true;
  }
}
