package dev.almanac.training.optimize;

/** Half a cosine from one height to another. */
record HalfCosine(double from, double to) {
  /**
   * @param part of the way, 0 to 1
   */
  double at(double part) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * part));
  }
}
