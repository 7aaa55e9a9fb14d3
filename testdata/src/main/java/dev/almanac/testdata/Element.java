package dev.almanac.testdata;

/**
 * One element of GHCN-Daily: a pair of columns, the value and its attributes.
 *
 * @param name of the column of values
 * @param timed whether its attributes have a fourth part, the time of observation
 * @param occurrence how likely a row has a value at all, gaps apart
 * @param suspectShare the share of values that fail a quality check
 * @param reading makes the value
 */
record Element(
    String name, boolean timed, Occurrence occurrence, double suspectShare, Reading reading) {

  /** Makes the value of a day. */
  @FunctionalInterface
  interface Reading {
    void read(Weather weather, Instruments instruments, Draws draws, Cell cell);
  }

  /**
   * The probability of a value.
   *
   * @param snowy on days with snowfall
   */
  record Occurrence(double dry, double wet, double snowy) {

    static final Occurrence ALWAYS = new Occurrence(1, 1, 1);

    double on(Weather weather) {
      return weather.snowfall > 0 ? snowy : weather.wet ? wet : dry;
    }
  }

  static Element always(String name, double suspectShare, Reading reading) {
    return new Element(name, false, Occurrence.ALWAYS, suspectShare, reading);
  }

  static Element alwaysTimed(String name, double suspectShare, Reading reading) {
    return new Element(name, true, Occurrence.ALWAYS, suspectShare, reading);
  }

  static Element sometimes(String name, boolean timed, double share, Reading reading) {
    return new Element(name, timed, new Occurrence(share, share, share), 0, reading);
  }

  /** A type of weather: 1 when it was seen, else missing. */
  static Element indicator(String name, double dry, double wet, double snowy) {
    return new Element(
        name,
        false,
        new Occurrence(dry, wet, snowy),
        0,
        (weather, instruments, draws, cell) -> cell.set(1));
  }
}
