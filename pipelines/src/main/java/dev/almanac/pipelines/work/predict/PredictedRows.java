package dev.almanac.pipelines.work.predict;

/**
 * What became of rows of the input. Every row read is in one of the other counts.
 *
 * @param rejected rows that could not be parsed
 */
record PredictedRows(long read, long predicted, long rejected) {
  static final PredictedRows NONE = new PredictedRows(0, 0, 0);

  boolean balances() {
    return read == predicted + rejected;
  }

  PredictedRows plus(PredictedRows other) {
    return new PredictedRows(
        read + other.read, predicted + other.predicted, rejected + other.rejected);
  }
}
